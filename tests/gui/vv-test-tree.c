// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-test-tree.h"
#include "vv-test.h"

#define ROOT       "/org/a11y/atspi/accessible/root"
#define TIMEOUT_MS (20 * 1000)
/* A button's label lies within its button. */
#define NEAR 6
/* A window that changes faster than it can be read is not worth acting on. */
#define ROUNDS 10

struct _VvTestBus
{
  GDBusConnection *bus;
  char            *program; /* (nullable) unique name */
};

struct _VvTestTree
{
  GVariant   *items;
  GHashTable *elements; /* (element-type utf8 VvTestElement) path -> element */
  GHashTable *children; /* (element-type utf8 GPtrArray<VvTestElement>) path of the parent -> elements in order */
};

/* --- The bus -------------------------------------------------------------------------------------------------- */

static char *
address (void)
{
  g_autoptr (GError)          error = NULL;
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant)        answer = NULL;
  char                       *found;

  vv_assert_ok (error);
  answer = g_dbus_connection_call_sync (session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", NULL,
                                        G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE, TIMEOUT_MS, NULL, &error);
  vv_assert_ok (error);
  g_variant_get (answer, "(s)", &found);
  return found;
}

VvTestBus *
vv_test_bus_new (void)
{
  VvTestBus         *self = g_new0 (VvTestBus, 1);
  g_autofree char   *where = address ();
  g_autoptr (GError) error = NULL;

  self->bus = g_dbus_connection_new_for_address_sync (
    where, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  vv_assert_ok (error);
  return self;
}

void
vv_test_bus_free (VvTestBus *self)
{
  g_clear_object (&self->bus);
  g_free (self->program);
  g_free (self);
}

/* NULL when the other side is gone or does not know the method: elements come and go while they are asked. */
static GVariant *
ask (VvTestBus *self, const char *whom, const char *path, const char *interface, const char *method, GVariant *arguments)
{
  return g_dbus_connection_call_sync (self->bus, whom, path, interface, method, arguments, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                      TIMEOUT_MS, NULL, NULL);
}

static GVariant *
ask_element (VvTestBus *self, const VvTestElement *element, const char *interface, const char *method, GVariant *arguments)
{
  return ask (self, self->program, element->path, interface, method, arguments);
}

/* What the program has, or NULL when @name is no program with windows. */
static GVariant *
items_of (VvTestBus *self, const char *name)
{
  g_autoptr (GVariant) answer = ask (self, name, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems", NULL);
  g_autoptr (GVariant) items = NULL;

  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(a((so)(so)(so)iiassusau))")))
    return NULL;
  items = g_variant_get_child_value (answer, 0);
  return g_variant_n_children (items) > 0 ? g_steal_pointer (&items) : NULL;
}

static GVariant *
find_program (VvTestBus *self)
{
  g_autoptr (GVariant)    answer = ask (self, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames", NULL);
  g_autofree const char **names = NULL;

  if (answer == NULL)
    return NULL;
  g_variant_get (answer, "(^a&s)", &names);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      GVariant *items = names[i][0] == ':' && strcmp (names[i], g_dbus_connection_get_unique_name (self->bus)) != 0
                          ? items_of (self, names[i])
                          : NULL;

      if (items == NULL)
        continue;
      g_free (self->program);
      self->program = g_strdup (names[i]);
      return items;
    }
  return NULL;
}

/* --- The tree -------------------------------------------------------------------------------------------------- */

static void
add (VvTestTree *self, GVariant *item)
{
  VvTestElement           *element = g_new0 (VvTestElement, 1);
  g_autoptr (GVariantIter) words = NULL;
  guint32                  role, word;
  GPtrArray               *siblings;

  g_variant_get (item, "((&s&o)(&s&o)(&s&o)iias&su&sau)", NULL, &element->path, NULL, NULL, NULL, &element->parent, &element->place,
                 &element->children, NULL, &element->name, &role, NULL, &words);
  element->role = (AtspiRole) role;
  for (int shift = 0; shift < 64 && g_variant_iter_next (words, "u", &word); shift += 32)
    element->states |= (guint64) word << shift;
  g_hash_table_insert (self->elements, (gpointer) element->path, element);
  siblings = g_hash_table_lookup (self->children, element->parent);
  if (siblings == NULL)
    {
      siblings = g_ptr_array_new ();
      g_hash_table_insert (self->children, (gpointer) element->parent, siblings);
    }
  g_ptr_array_add (siblings, element);
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  return (*(VvTestElement *const *) a)->place - (*(VvTestElement *const *) b)->place;
}

gboolean
vv_test_element_is (const VvTestElement *self, AtspiStateType state)
{
  return (self->states >> state & 1) != 0;
}

static VvTestTree *
make_tree (GVariant *items)
{
  VvTestTree    *self = g_new0 (VvTestTree, 1);
  GHashTableIter parents;
  gpointer       siblings;

  self->items = items;
  self->elements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->children = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (gsize i = 0; i < g_variant_n_children (items); i++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (items, i);

      add (self, item);
    }
  g_hash_table_iter_init (&parents, self->children);
  while (g_hash_table_iter_next (&parents, NULL, &siblings))
    g_ptr_array_sort (siblings, by_place);
  return self;
}

/* GTK puts an element on the bus when somebody asks its parent for it: asks for all below @path that are not in @tree yet. Whether
 * there were any. */
static gboolean
call_forth (VvTestBus *self, VvTestTree *tree, const char *path)
{
  g_autoptr (GVariant)     answer = ask (self, self->program, path, "org.a11y.atspi.Accessible", "GetChildren", NULL);
  g_autoptr (GVariantIter) children = NULL;
  const char              *child;
  gboolean                 more = FALSE;

  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "(a(so))", &children);
  while (g_variant_iter_next (children, "(&s&o)", NULL, &child))
    if (g_hash_table_lookup (tree->elements, child) == NULL)
      {
        more = TRUE;
        (void) call_forth (self, tree, child);
      }
  return more;
}

static gboolean
complete (VvTestBus *self, VvTestTree *tree, const char *path, gboolean thorough)
{
  GPtrArray *children = g_hash_table_lookup (tree->children, path);
  gboolean   more = FALSE;

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      const VvTestElement *child = g_ptr_array_index (children, i);
      GPtrArray           *below = g_hash_table_lookup (tree->children, child->path);

      if (!vv_test_element_is (child, ATSPI_STATE_VISIBLE))
        continue;
      /* What has gone may still be counted. */
      if ((thorough || child->children > (below != NULL ? (int) below->len : 0)) && call_forth (self, tree, child->path))
        more = TRUE;
      if (complete (self, tree, child->path, thorough))
        more = TRUE;
    }
  return more;
}

VvTestTree *
vv_test_bus_read (VvTestBus *self, gboolean thorough)
{
  for (int i = 0; i < ROUNDS; i++)
    {
      GVariant              *items = self->program != NULL ? items_of (self, self->program) : NULL;
      g_autoptr (VvTestTree) tree = NULL;

      if (items == NULL)
        items = find_program (self);
      if (items == NULL)
        return NULL;
      tree = make_tree (items);
      if (!complete (self, tree, ROOT, thorough))
        return g_steal_pointer (&tree);
    }
  return NULL;
}

void
vv_test_tree_free (VvTestTree *self)
{
  g_hash_table_unref (self->children);
  g_hash_table_unref (self->elements);
  g_variant_unref (self->items);
  g_free (self);
}

static const VvTestElement *
find_below (VvTestTree *self, const char *path, AtspiRole role, const char *pattern)
{
  GPtrArray *children = g_hash_table_lookup (self->children, path);

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      const VvTestElement *child = g_ptr_array_index (children, i);
      const VvTestElement *found;

      if (!vv_test_element_is (child, ATSPI_STATE_VISIBLE))
        continue;
      if ((role == VV_ANY_ROLE || child->role == role) && g_pattern_match_simple (pattern, child->name))
        return child;
      found = find_below (self, child->path, role, pattern);
      if (found != NULL)
        return found;
    }
  return NULL;
}

const VvTestElement *
vv_test_tree_find (VvTestTree *self, AtspiRole role, const char *pattern)
{
  return find_below (self, ROOT, role, pattern);
}

/* --- One element ------------------------------------------------------------------------------------------------ */

gboolean
vv_test_bus_where (VvTestBus *self, const VvTestElement *element, AtspiRect *where)
{
  g_autoptr (GVariant) answer = ask_element (self, element, "org.a11y.atspi.Component", "GetExtents",
                                             g_variant_new ("(u)", ATSPI_COORD_TYPE_WINDOW));

  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "((iiii))", &where->x, &where->y, &where->width, &where->height);
  return where->width > 0 && where->height > 0;
}

gboolean
vv_test_bus_is_in_front (VvTestBus *self, VvTestTree *tree, const VvTestElement *element)
{
  const VvTestElement *window = element;
  g_autoptr (GVariant) answer = NULL;
  AtspiRect            where;
  const char          *met;

  while (window != NULL && strcmp (window->parent, ROOT) != 0)
    window = g_hash_table_lookup (tree->elements, window->parent);
  if (window == NULL || !vv_test_bus_where (self, element, &where))
    return FALSE;
  answer = ask_element (self, window, "org.a11y.atspi.Component", "GetAccessibleAtPoint",
                        g_variant_new ("(iiu)", where.x + where.width / 2, where.y + where.height / 2, ATSPI_COORD_TYPE_WINDOW));
  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "((&s&o))", NULL, &met);
  for (int i = 0; met != NULL && i < NEAR; i++)
    {
      const VvTestElement *above = g_hash_table_lookup (tree->elements, met);

      if (strcmp (met, element->path) == 0)
        return TRUE;
      met = above != NULL ? above->parent : NULL;
    }
  return FALSE;
}

static gboolean
ask_whether (VvTestBus *self, const VvTestElement *element, const char *interface, const char *method, GVariant *arguments)
{
  g_autoptr (GVariant) answer = ask_element (self, element, interface, method, arguments);
  gboolean             done = FALSE;

  if (answer != NULL)
    g_variant_get (answer, "(b)", &done);
  return done;
}

gboolean
vv_test_bus_do (VvTestBus *self, const VvTestElement *element)
{
  return ask_whether (self, element, "org.a11y.atspi.Action", "DoAction", g_variant_new ("(i)", 0));
}

gboolean
vv_test_bus_fill (VvTestBus *self, const VvTestElement *element, const char *text)
{
  return ask_whether (self, element, "org.a11y.atspi.EditableText", "SetTextContents", g_variant_new ("(s)", text));
}

char *
vv_test_bus_text (VvTestBus *self, const VvTestElement *element)
{
  g_autoptr (GVariant) answer = ask_element (self, element, "org.a11y.atspi.Text", "GetText", g_variant_new ("(ii)", 0, -1));
  char                *text = NULL;

  if (answer != NULL)
    g_variant_get (answer, "(s)", &text);
  return text;
}
