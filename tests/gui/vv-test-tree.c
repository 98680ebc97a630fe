// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-test-tree.h"
#include "vv-test.h"

#define BUS_NAME   "org.freedesktop.DBus"
#define BUS_PATH   "/org/freedesktop/DBus"
#define ROOT       "/org/a11y/atspi/accessible/root"
#define TIMEOUT_MS (20 * 1000)
/* A button's label lies within its button. */
#define NEAR 6
/* Where the padding of a button or a field is, in pixels. */
#define BESIDE 3
/* A window that changes faster than it can be read is not worth acting on. */
#define ROUNDS 10

struct _VvTestBus
{
  GDBusConnection *bus;
  guint32          process;
  char            *program; /* (nullable) unique name */
  GHashTable      *asked;   /* (element-type utf8 Count) path -> what was counted when it was last asked for its children */
  GHashTable      *hidden;  /* (element-type utf8) paths of what is in a list of children no more, or not now */
  GMutex           lock;
  GHashTable      *changed; /* (element-type utf8) paths of parents that said that children came or went; under the lock */
  gboolean         quiet;   /* no such word since the last look; under the lock */
};

/* Children that an element says it has, and those that are known. */
typedef struct
{
  int   said;
  guint known;
} Count;

struct _VvTestTree
{
  GVariant   *items;
  GHashTable *elements; /* (element-type utf8 VvTestElement) path -> element */
  GHashTable *children; /* (element-type utf8 GPtrArray<VvTestElement>) path of the parent -> elements in order */
};

/* --- The bus -------------------------------------------------------------------------------------------------- */

/* NULL when the other side is gone or does not know the method: elements come and go while they are asked. */
static GVariant *
ask (VvTestBus *self, const char *whom, const char *path, const char *interface, const char *method, GVariant *arguments)
{
  return g_dbus_connection_call_sync (self->bus, whom, path, interface, method, arguments, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                      TIMEOUT_MS, NULL, NULL);
}

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

/* In the thread of the connection, before any answer that was sent later. */
static GDBusMessage *
on_message_cb (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  VvTestBus *self = user_data;

  if (!incoming || g_strcmp0 (g_dbus_message_get_member (message), "ChildrenChanged") != 0)
    return message;
  g_mutex_lock (&self->lock);
  g_hash_table_add (self->changed, g_strdup (g_dbus_message_get_path (message)));
  self->quiet = FALSE;
  g_mutex_unlock (&self->lock);
  return message;
}

/* GTK tells of it whoever listens. */
static void
listen (VvTestBus *self)
{
  g_autoptr (GVariant) done = NULL;

  g_mutex_init (&self->lock);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  (void) g_dbus_connection_add_filter (self->bus, on_message_cb, self, NULL);
  done = ask (self, BUS_NAME, BUS_PATH, BUS_NAME, "AddMatch",
              g_variant_new ("(s)", "type='signal',interface='org.a11y.atspi.Event.Object',member='ChildrenChanged'"));
  ck_assert_ptr_nonnull (done);
}

VvTestBus *
vv_test_bus_new (guint32 process)
{
  VvTestBus         *self = g_new0 (VvTestBus, 1);
  g_autofree char   *where = address ();
  g_autoptr (GError) error = NULL;

  self->bus = g_dbus_connection_new_for_address_sync (
    where, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  vv_assert_ok (error);
  self->process = process;
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  listen (self);
  return self;
}

void
vv_test_bus_free (VvTestBus *self)
{
  (void) g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
  g_free (self->program);
  g_hash_table_unref (self->asked);
  g_hash_table_unref (self->hidden);
  g_hash_table_unref (self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static GVariant *
ask_element (VvTestBus *self, const VvTestElement *element, const char *interface, const char *method, GVariant *arguments)
{
  return ask (self, self->program, element->path, interface, method, arguments);
}

static gboolean
is_program (VvTestBus *self, const char *name)
{
  g_autoptr (GVariant) answer = ask (self, BUS_NAME, BUS_PATH, BUS_NAME, "GetConnectionUnixProcessID", g_variant_new ("(s)", name));
  guint32              process = 0;

  if (answer != NULL)
    g_variant_get (answer, "(u)", &process);
  return process == self->process;
}

static void
find_program (VvTestBus *self)
{
  g_autoptr (GVariant)    answer = ask (self, BUS_NAME, BUS_PATH, BUS_NAME, "ListNames", NULL);
  g_autofree const char **names = NULL;

  ck_assert_ptr_nonnull (answer);
  g_variant_get (answer, "(^a&s)", &names);
  for (gsize i = 0; names[i] != NULL && self->program == NULL; i++)
    if (names[i][0] == ':' && is_program (self, names[i]))
      self->program = g_strdup (names[i]);
}

/* What the program has, or NULL while it has nothing. */
static GVariant *
read_items (VvTestBus *self)
{
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) items = NULL;

  if (self->program == NULL)
    find_program (self);
  if (self->program != NULL)
    answer = ask (self, self->program, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems", NULL);
  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(a((so)(so)(so)iiassusau))")))
    return NULL;
  items = g_variant_get_child_value (answer, 0);
  return g_variant_n_children (items) > 0 ? g_steal_pointer (&items) : NULL;
}

/* --- The tree -------------------------------------------------------------------------------------------------- */

static void
read_states (VvTestElement *element, GVariantIter *words)
{
  guint32 word;

  element->states = 0;
  for (int shift = 0; shift < 64 && g_variant_iter_next (words, "u", &word); shift += 32)
    element->states |= (guint64) word << shift;
}

static void
add (VvTestTree *self, GVariant *item)
{
  VvTestElement           *element = g_new0 (VvTestElement, 1);
  g_autoptr (GVariantIter) words = NULL;
  guint32                  role;
  GPtrArray               *siblings;

  g_variant_get (item, "((&s&o)(&s&o)(&s&o)iias&su&sau)", NULL, &element->path, NULL, NULL, NULL, &element->parent, &element->place,
                 &element->children, NULL, &element->name, &role, NULL, &words);
  element->role = (AtspiRole) role;
  read_states (element, words);
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

/* Questions whose answers have not come yet. */
typedef struct
{
  VvTestBus  *bus;
  VvTestTree *tree;
  guint       open;
} Questions;

static void ask_below (Questions *questions, const char *path);

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Questions               *questions = user_data;
  g_autoptr (GVariant)     answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GVariantIter) children = NULL;
  const char              *child;

  questions->open--;
  if (answer == NULL)
    return;
  g_variant_get (answer, "(a(so))", &children);
  while (g_variant_iter_next (children, "(&s&o)", NULL, &child))
    if (g_hash_table_lookup (questions->tree->elements, child) == NULL)
      ask_below (questions, child);
}

static void
ask_below (Questions *questions, const char *path)
{
  questions->open++;
  g_dbus_connection_call (questions->bus->bus, questions->bus->program, path, "org.a11y.atspi.Accessible", "GetChildren", NULL,
                          G_VARIANT_TYPE ("(a(so))"), G_DBUS_CALL_FLAGS_NO_AUTO_START, TIMEOUT_MS, NULL, answered_cb, questions);
}

/* Puts what is below @path on the bus: many short questions, so none waits for the answer to another. */
static void
call_forth (VvTestBus *self, VvTestTree *tree, const char *path)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Questions                questions = { self, tree, 0 };

  g_main_context_push_thread_default (context);
  ask_below (&questions, path);
  while (questions.open > 0)
    g_main_context_iteration (context, /* may_block= */ TRUE);
  g_main_context_pop_thread_default (context);
}

/* Which children @parent has now. Whether some were not in @tree. */
static gboolean
ask_for_children (VvTestBus *self, VvTestTree *tree, const VvTestElement *parent)
{
  g_autoptr (GVariant)     answer = ask_element (self, parent, "org.a11y.atspi.Accessible", "GetChildren", NULL);
  g_autoptr (GVariantIter) children = NULL;
  GPtrArray               *known = g_hash_table_lookup (tree->children, parent->path);
  const char              *child;
  gboolean                 more = FALSE;

  if (answer == NULL)
    return FALSE;
  for (guint i = 0; known != NULL && i < known->len; i++)
    g_hash_table_add (self->hidden, g_strdup (((VvTestElement *) g_ptr_array_index (known, i))->path));
  g_variant_get (answer, "(a(so))", &children);
  while (g_variant_iter_next (children, "(&s&o)", NULL, &child))
    {
      const VvTestElement *found = g_hash_table_lookup (tree->elements, child);

      g_hash_table_remove (self->hidden, child);
      if (found != NULL)
        {
          /* A stack names what its pages hold, and they are between. */
          g_hash_table_remove (self->hidden, found->parent);
          continue;
        }
      more = TRUE;
      call_forth (self, tree, child);
    }
  return more;
}

static gboolean
is_hidden (VvTestBus *self, const VvTestElement *element)
{
  return g_hash_table_contains (self->hidden, element->path);
}

static gboolean
has_changed (VvTestBus *self, const VvTestElement *parent)
{
  gboolean changed;

  g_mutex_lock (&self->lock);
  changed = g_hash_table_remove (self->changed, parent->path);
  g_mutex_unlock (&self->lock);
  return changed;
}

/* Whether @tree may not have the children that @parent has. */
static gboolean
is_in_doubt (VvTestBus *self, VvTestTree *tree, const VvTestElement *parent)
{
  GPtrArray *known = g_hash_table_lookup (tree->children, parent->path);
  Count      count = { parent->children, 0 };
  Count     *last = g_hash_table_lookup (self->asked, parent->path);
  gboolean   changed = has_changed (self, parent);

  for (guint i = 0; known != NULL && i < known->len; i++)
    count.known += is_hidden (self, g_ptr_array_index (known, i)) ? 0 : 1;
  if (!changed && (count.said == (int) count.known || (last != NULL && last->said == count.said && last->known == count.known)))
    return FALSE;
  g_hash_table_insert (self->asked, g_strdup (parent->path), g_memdup2 (&count, sizeof count));
  return TRUE;
}

/* Asks all parents below @path that are in doubt, or all. Whether there was something that is not in @tree. */
static gboolean
complete (VvTestBus *self, VvTestTree *tree, const char *path, gboolean thorough)
{
  GPtrArray *children = g_hash_table_lookup (tree->children, path);
  gboolean   more = FALSE;

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      const VvTestElement *child = g_ptr_array_index (children, i);

      if (is_hidden (self, child))
        continue;
      if ((is_in_doubt (self, tree, child) || thorough) && ask_for_children (self, tree, child))
        more = TRUE;
      if (complete (self, tree, child->path, thorough))
        more = TRUE;
    }
  return more;
}

/* What has been hidden is still among the items; here it goes. */
static void
drop_hidden (VvTestBus *self, VvTestTree *tree)
{
  GHashTableIter parents;
  gpointer       children;

  g_hash_table_iter_init (&parents, tree->children);
  while (g_hash_table_iter_next (&parents, NULL, &children))
    {
      GPtrArray *siblings = children;

      for (guint i = siblings->len; i > 0; i--)
        if (is_hidden (self, g_ptr_array_index (siblings, i - 1)))
          g_ptr_array_remove_index (siblings, i - 1);
    }
}

gboolean
vv_test_bus_is_quiet (VvTestBus *self)
{
  gboolean quiet;

  g_mutex_lock (&self->lock);
  quiet = self->quiet;
  g_mutex_unlock (&self->lock);
  return quiet;
}

VvTestTree *
vv_test_bus_read (VvTestBus *self, gboolean thorough)
{
  g_mutex_lock (&self->lock);
  self->quiet = TRUE;
  g_mutex_unlock (&self->lock);
  for (int i = 0; i < ROUNDS; i++)
    {
      GVariant              *items = read_items (self);
      g_autoptr (VvTestTree) tree = NULL;

      if (items == NULL)
        return NULL;
      tree = make_tree (items);
      if (complete (self, tree, ROOT, thorough && i == 0))
        continue;
      drop_hidden (self, tree);
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

const VvTestElement *
vv_test_tree_parent (VvTestTree *self, const VvTestElement *element)
{
  return g_hash_table_lookup (self->elements, element->parent);
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

/* Whether a click at that place of @window would meet @element, or something small within it. */
static gboolean
is_met (VvTestBus *self, VvTestTree *tree, const VvTestElement *window, const VvTestElement *element, int x, int y)
{
  g_autoptr (GVariant) answer = ask_element (self, window, "org.a11y.atspi.Component", "GetAccessibleAtPoint",
                                             g_variant_new ("(iiu)", x, y, ATSPI_COORD_TYPE_WINDOW));
  const VvTestElement *met;
  const char          *path;

  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "((&s&o))", NULL, &path);
  met = g_hash_table_lookup (tree->elements, path);
  for (int i = 0; met != NULL && met != element && i < NEAR; i++)
    met = vv_test_tree_parent (tree, met);
  return met == element;
}

/* A button's picture and the text within a field are nobody to the bus: beside them the button or the field is met. */
gboolean
vv_test_bus_is_in_front (VvTestBus *self, VvTestTree *tree, const VvTestElement *element)
{
  const VvTestElement *window = element;
  AtspiRect            where;

  while (window != NULL && strcmp (window->parent, ROOT) != 0)
    window = vv_test_tree_parent (tree, window);
  if (window == NULL || !vv_test_bus_where (self, element, &where))
    return FALSE;
  return is_met (self, tree, window, element, where.x + where.width / 2, where.y + where.height / 2) ||
         is_met (self, tree, window, element, where.x - BESIDE, where.y + where.height / 2);
}

gboolean
vv_test_bus_is_out_of_sight (VvTestBus *self, VvTestTree *tree, const VvTestElement *element, AtspiRect *view, int *below)
{
  AtspiRect where;
  int       middle;

  if (!vv_test_bus_where (self, element, &where))
    return FALSE;
  middle = where.y + where.height / 2;
  for (element = vv_test_tree_parent (tree, element); element != NULL; element = vv_test_tree_parent (tree, element))
    {
      if (!vv_test_bus_where (self, element, view) || (middle >= view->y && middle < view->y + view->height))
        continue;
      *below = middle < view->y ? middle - view->y : middle - view->y - view->height + 1;
      return TRUE;
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

char *
vv_test_bus_name (VvTestBus *self, const char *path)
{
  g_autoptr (GVariant) answer = ask (self, self->program, path, "org.freedesktop.DBus.Properties", "Get",
                                     g_variant_new ("(ss)", "org.a11y.atspi.Accessible", "Name"));
  g_autoptr (GVariant) name = NULL;

  if (answer != NULL)
    g_variant_get (answer, "(v)", &name);
  return name != NULL ? g_variant_dup_string (name, NULL) : NULL;
}

gboolean
vv_test_bus_is_still (VvTestBus *self, VvTestElement *element)
{
  g_autofree char         *name = vv_test_bus_name (self, element->path);
  g_autoptr (GVariant)     answer = NULL;
  g_autoptr (GVariantIter) words = NULL;

  if (g_strcmp0 (name, element->name) == 0)
    answer = ask_element (self, element, "org.a11y.atspi.Accessible", "GetState", NULL);
  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "(au)", &words);
  read_states (element, words);
  return TRUE;
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
