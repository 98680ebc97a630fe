// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* What a program says of its windows on the accessibility bus (AT-SPI 2: org.a11y.atspi), read whole, in one message, where
 * libatspi 2.46 asks for each element several times over. */
typedef struct _VvTestBus  VvTestBus;
typedef struct _VvTestTree VvTestTree;

/* An element of a tree; belongs to it. */
typedef struct
{
  const char *path, *name; /* object on the bus; what a screen reader says */
  AtspiRole   role;
  guint64     states; /* bits of AtspiStateType */
  const char *parent;
  int         place;    /* among its parent's children */
  int         children; /* how many it says it has */
} VvTestElement;

/* For alerts and states, whose roles differ between versions of GTK. */
#define VV_ANY_ROLE ATSPI_ROLE_INVALID

/* The accessibility bus of this session, for the program of that process. Fails the test when there is none. */
VvTestBus *vv_test_bus_new (guint32 process);
void       vv_test_bus_free (VvTestBus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvTestBus, vv_test_bus_free)

/* All elements of the program, or NULL while it has none. Unless @thorough, some that nobody has asked for yet
 * may be missing. (transfer full) */
VvTestTree *vv_test_bus_read (VvTestBus *self,
                              gboolean   thorough);
/* Whether the program has said nothing of elements that came or went since the last reading. */
gboolean vv_test_bus_is_quiet (VvTestBus *self);
void     vv_test_tree_free (VvTestTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvTestTree, vv_test_tree_free)

/* The first visible element, in reading order, of that role and a name like @pattern ("Candidate A*"); or NULL. */
const VvTestElement *vv_test_tree_find (VvTestTree *self,
                                        AtspiRole   role,
                                        const char *pattern);

/* What it is in, or NULL. */
const VvTestElement *vv_test_tree_parent (VvTestTree          *self,
                                          const VvTestElement *element);

gboolean vv_test_element_is (const VvTestElement *self,
                             AtspiStateType       state);

/* Whether the middle of @element is what a click there would meet. */
gboolean vv_test_bus_is_in_front (VvTestBus           *self,
                                  VvTestTree          *tree,
                                  const VvTestElement *element);

/* Whether it is scrolled out of what it is in: then also where the scrolled @view lies, and how many pixels @below its edge (above:
 * negative) the middle of @element is. */
gboolean vv_test_bus_is_out_of_sight (VvTestBus           *self,
                                      VvTestTree          *tree,
                                      const VvTestElement *element,
                                      AtspiRect           *view,
                                      int                 *below);

/* Where it lies in its window, in pixels. FALSE when it is nowhere. */
gboolean vv_test_bus_where (VvTestBus           *self,
                            const VvTestElement *element,
                            AtspiRect           *where);

/* What a screen reader says now of the element @path (transfer full), or NULL when it is gone. */
char *vv_test_bus_name (VvTestBus  *self,
                        const char *path);

/* Whether it is there, called as before; reads its states anew. */
gboolean vv_test_bus_is_still (VvTestBus     *self,
                               VvTestElement *element);

/* Puts a text into it; what it says (transfer full). FALSE or NULL when it has none. */
gboolean vv_test_bus_fill (VvTestBus           *self,
                           const VvTestElement *element,
                           const char          *text);
char    *vv_test_bus_text (VvTestBus           *self,
                           const VvTestElement *element);

G_END_DECLS
