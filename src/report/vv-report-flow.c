// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-report"
#include "vv-report-flow.h"

#include "vv-report.h"

/* Points from the top of the page; the band of a training desk ends at 26. */
#define FIRST_TOP 46.0
#define TOP       84.0
#define BOTTOM    736.0

/* A row up to this height is never split. */
#define KEEP 130.0
/* A split row starts on this page only when at least this much is left. */
#define START 60.0

#define BULLET_INDENT 10.0

typedef struct
{
  PangoLayout     *layout;
  PangoLayoutLine *line;
  double           x;        /* from the left of the cell */
  double           baseline; /* from the top of the line */
  double           height;
  double           gap; /* above, when it is not the first of a page */
  guint32          colour;
  const char      *tag;
  guint            paragraph;
} Line;

typedef struct
{
  double      x, width;
  const char *tag;
  GArray     *lines; /* of Line */
  guint       n_paragraphs;
  guint       done;  /* lines already placed */
  guint       until; /* end of the present fragment */
  double      shift; /* of the first line, so that the first lines of a row share a baseline */
} Cell;

struct _VvReportRow
{
  const char *tag;
  GArray     *cells; /* of Cell */
  double      above, below;
  gboolean    rule, ground, frame;
};

struct _VvReportFlow
{
  PangoFontMap *fonts;
  PangoContext *context;
  GPtrArray    *pages;
  GPtrArray    *open; /* of const char *: structure elements open now */
  GArray       *outline;
  VvReportRow  *head;
  double        y;
  double        top; /* of the present page's content */
};

static const struct
{
  const char *font;
  guint32     colour;
  double      gap; /* above a paragraph that follows another */
} styles[] = {
  [VV_REPORT_TEXT_BODY] = { "Cantarell, DejaVu Sans, sans-serif 9.5px", VV_REPORT_INK, 3 },
  [VV_REPORT_TEXT_STRONG] = { "Cantarell, DejaVu Sans, sans-serif Bold 9.5px", VV_REPORT_INK, 3 },
  [VV_REPORT_TEXT_LABEL] = { "Cantarell, DejaVu Sans, sans-serif 9.2px", VV_REPORT_QUIET, 2 },
  [VV_REPORT_TEXT_SMALL] = { "Cantarell, DejaVu Sans, sans-serif 8px", VV_REPORT_QUIET, 1 },
  [VV_REPORT_TEXT_CODE] = { "DejaVu Sans Mono, monospace 7.5px", VV_REPORT_INK, 2 },
  [VV_REPORT_TEXT_AGENCY] = { "Cantarell, DejaVu Sans, sans-serif Bold 12.5px", VV_REPORT_ACCENT, 2 },
  [VV_REPORT_TEXT_TITLE] = { "Cantarell, DejaVu Sans, sans-serif Bold 21px", VV_REPORT_ACCENT, 4 },
  [VV_REPORT_TEXT_HEADING] = { "Cantarell, DejaVu Sans, sans-serif Bold 11.5px", VV_REPORT_ACCENT, 4 },
  [VV_REPORT_TEXT_BAND] = { "Cantarell, DejaVu Sans, sans-serif Bold 11px", VV_REPORT_INK, 0 },
  [VV_REPORT_TEXT_MARK] = { "Cantarell, DejaVu Sans, sans-serif Bold 8px", 0xffffff, 0 },
};

static void
clear_line (gpointer data)
{
  Line *line = data;

  pango_layout_line_unref (line->line);
  g_object_unref (line->layout);
}

static void
clear_cell (gpointer data)
{
  g_array_unref (((Cell *) data)->lines);
}

static void
clear_entry (gpointer data)
{
  g_free (((VvReportEntry *) data)->title);
}

static void
row_free (VvReportRow *row)
{
  g_array_unref (row->cells);
  g_free (row);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvReportRow, row_free)

/* Outlines as the font has them: no hinting, no rounding, so that lines break in the same place on a
 * screen and on paper. */
static void
set_font_options (PangoContext *context)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
}

VvReportFlow *
vv_report_flow_new (void)
{
  VvReportFlow *self = g_new0 (VvReportFlow, 1);

  self->fonts = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (self->fonts), 72);
  self->context = pango_font_map_create_context (self->fonts);
  pango_context_set_language (self->context, pango_language_from_string ("en-us"));
  pango_context_set_round_glyph_positions (self->context, FALSE);
  set_font_options (self->context);
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) vv_report_page_free);
  self->open = g_ptr_array_new ();
  self->outline = g_array_new (FALSE, FALSE, sizeof (VvReportEntry));
  g_array_set_clear_func (self->outline, clear_entry);
  g_ptr_array_add (self->pages, vv_report_page_new ());
  self->y = self->top = FIRST_TOP;
  return self;
}

void
vv_report_flow_free (VvReportFlow *self)
{
  g_clear_pointer (&self->head, row_free);
  g_array_unref (self->outline);
  g_ptr_array_unref (self->open);
  g_ptr_array_unref (self->pages);
  g_object_unref (self->context);
  g_object_unref (self->fonts);
  g_free (self);
}

VvReportRow *
vv_report_row_new (const char *tag)
{
  VvReportRow *row = g_new0 (VvReportRow, 1);

  row->tag = tag;
  row->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (row->cells, clear_cell);
  return row;
}

void
vv_report_row_set_padding (VvReportRow *row, double above, double below)
{
  row->above = above;
  row->below = below;
}

void
vv_report_row_set_rule (VvReportRow *row)
{
  row->rule = TRUE;
}

void
vv_report_row_set_ground (VvReportRow *row)
{
  row->ground = TRUE;
}

void
vv_report_row_set_frame (VvReportRow *row)
{
  row->frame = TRUE;
}

void
vv_report_row_add_cell (VvReportRow *row, double x, double width, const char *tag)
{
  Cell cell = { .x = x, .width = width, .tag = tag };

  cell.lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (cell.lines, clear_line);
  g_array_append_val (row->cells, cell);
}

/* Control characters would be drawn as boxes or end the text early. */
static char *
printable (const char *text)
{
  g_autofree char    *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (out, c != '\n' && g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_strstrip (g_string_free (g_steal_pointer (&out), FALSE));
}

static PangoLayout *
make_layout (VvReportFlow *self, VvReportText style, const char *text)
{
  PangoLayout          *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string (styles[style].font);
  PangoAttrList        *attributes = pango_attr_list_new ();

  /* Ligatures break the words of a tagged PDF for those who listen to it. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("liga=0,clig=0"));
  /* A hash that is broken over two lines stays what it is. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, style == VV_REPORT_TEXT_BODY ? 1.08f : 1.0f);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static void
take_lines (Cell *cell, PangoLayout *layout, VvReportText style, const char *tag)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  gboolean         first = TRUE;

  do
    {
      PangoRectangle rectangle;
      int            top, bottom;
      Line           line = { .layout = g_object_ref (layout), .colour = styles[style].colour, .tag = tag };

      line.line = pango_layout_line_ref (pango_layout_iter_get_line_readonly (iter));
      pango_layout_iter_get_line_extents (iter, NULL, &rectangle);
      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      line.x = (double) rectangle.x / PANGO_SCALE;
      line.height = (double) (bottom - top) / PANGO_SCALE;
      line.baseline = (double) (pango_layout_iter_get_baseline (iter) - top) / PANGO_SCALE;
      line.gap = first && cell->n_paragraphs > 0 ? styles[style].gap : 0;
      line.paragraph = cell->n_paragraphs;
      g_array_append_val (cell->lines, line);
      first = FALSE;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  cell->n_paragraphs++;
}

static Cell *
last_cell (VvReportRow *row)
{
  g_assert (row->cells->len > 0);

  return &g_array_index (row->cells, Cell, row->cells->len - 1);
}

void
vv_report_flow_write (VvReportFlow *self,
                      VvReportRow  *row,
                      VvReportText  style,
                      const char   *tag,
                      const char   *text)
{
  g_autofree char        *clean = printable (text != NULL ? text : "");
  g_autoptr (PangoLayout) layout = NULL;
  Cell                   *cell = last_cell (row);

  if (*clean == '\0')
    return;
  layout = make_layout (self, style, clean);
  pango_layout_set_width (layout, (int) (cell->width * PANGO_SCALE));
  take_lines (cell, layout, style, tag);
}

void
vv_report_flow_write_item (VvReportFlow *self, VvReportRow *row, const char *text)
{
  g_autofree char        *clean = printable (text);
  g_autofree char        *item = g_strconcat ("•\t", clean, NULL);
  g_autoptr (PangoLayout) layout = make_layout (self, VV_REPORT_TEXT_BODY, item);
  PangoTabArray          *tabs =
    pango_tab_array_new_with_positions (1, FALSE, PANGO_TAB_LEFT, (int) (BULLET_INDENT * PANGO_SCALE));
  Cell *cell = last_cell (row);

  pango_layout_set_tabs (layout, tabs);
  pango_tab_array_free (tabs);
  pango_layout_set_indent (layout, (int) (-BULLET_INDENT * PANGO_SCALE));
  pango_layout_set_width (layout, (int) (cell->width * PANGO_SCALE));
  take_lines (cell, layout, VV_REPORT_TEXT_BODY, "P");
}

VvReportPage *
vv_report_flow_page (VvReportFlow *self)
{
  return g_ptr_array_index (self->pages, self->pages->len - 1);
}

double
vv_report_flow_y (VvReportFlow *self)
{
  return self->y;
}

double
vv_report_flow_room (VvReportFlow *self)
{
  return BOTTOM - self->y;
}

void
vv_report_flow_tag (VvReportFlow *self, const char *tag)
{
  vv_report_page_add_tag (vv_report_flow_page (self), tag);
  if (tag != NULL)
    g_ptr_array_add (self->open, (gpointer) tag);
  else
    g_ptr_array_set_size (self->open, (int) self->open->len - 1);
}

static double
first_baseline (const Cell *cell)
{
  return cell->done < cell->lines->len ? g_array_index (cell->lines, Line, cell->done).baseline : 0;
}

/* Only in tables: a title and what stands beside it keep their own tops. */
static void
align_cells (VvReportRow *row)
{
  double lowest = 0;

  if (row->tag == NULL)
    return;
  for (guint i = 0; i < row->cells->len; i++)
    lowest = MAX (lowest, first_baseline (&g_array_index (row->cells, Cell, i)));
  for (guint i = 0; i < row->cells->len; i++)
    {
      Cell *cell = &g_array_index (row->cells, Cell, i);

      cell->shift = lowest - first_baseline (cell);
    }
}

/* Marks as many lines of @cell as fit into @room; returns their height. */
static double
fill_cell (Cell *cell, double room)
{
  double height = cell->shift;

  for (cell->until = cell->done; cell->until < cell->lines->len; cell->until++)
    {
      const Line *line = &g_array_index (cell->lines, Line, cell->until);
      double      more = line->height + (cell->until > cell->done ? line->gap : 0);

      if (height + more > room)
        break;
      height += more;
    }
  return height;
}

static double
fill_row (VvReportRow *row, double room)
{
  double height = 0;

  align_cells (row);
  for (guint i = 0; i < row->cells->len; i++)
    height = MAX (height, fill_cell (&g_array_index (row->cells, Cell, i), room - row->above - row->below));
  return height + row->above + row->below;
}

static gboolean
is_whole (const VvReportRow *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    {
      const Cell *cell = &g_array_index (row->cells, Cell, i);

      if (cell->until < cell->lines->len)
        return FALSE;
    }
  return TRUE;
}

static void
draw_cell (VvReportPage *page, Cell *cell, double y)
{
  const char *tag = NULL;
  guint       paragraph = G_MAXUINT;

  y += cell->shift;
  for (guint i = cell->done; i < cell->until; i++)
    {
      const Line *line = &g_array_index (cell->lines, Line, i);

      if (i > cell->done)
        y += line->gap;
      if (line->paragraph != paragraph)
        {
          if (tag != NULL)
            vv_report_page_add_tag (page, NULL);
          tag = line->tag;
          paragraph = line->paragraph;
          if (tag != NULL)
            vv_report_page_add_tag (page, tag);
        }
      vv_report_page_add_line (page, line->layout, line->line, VV_REPORT_MARGIN + cell->x + line->x,
                               y + line->baseline, line->colour);
      y += line->height;
    }
  if (tag != NULL)
    vv_report_page_add_tag (page, NULL);
  cell->done = cell->until;
}

/* Draws what fill_row() marked. */
static void
draw_row (VvReportFlow *self, VvReportRow *row, double height)
{
  VvReportPage *page = vv_report_flow_page (self);

  if (row->ground)
    vv_report_page_add_fill (page, VV_REPORT_MARGIN, self->y, VV_REPORT_WIDTH, height, VV_REPORT_MAT);
  if (row->frame)
    vv_report_page_add_frame (page, VV_REPORT_MARGIN, self->y, VV_REPORT_WIDTH, height, 1.2,
                              VV_REPORT_ACCENT);
  if (row->rule)
    vv_report_page_add_fill (page, VV_REPORT_MARGIN, self->y + height - 0.5, VV_REPORT_WIDTH, 0.5,
                             VV_REPORT_HAIR);
  if (row->tag != NULL)
    vv_report_page_add_tag (page, row->tag);
  for (guint i = 0; i < row->cells->len; i++)
    {
      Cell *cell = &g_array_index (row->cells, Cell, i);

      if (cell->tag != NULL)
        vv_report_page_add_tag (page, cell->tag);
      draw_cell (page, cell, self->y + row->above);
      if (cell->tag != NULL)
        vv_report_page_add_tag (page, NULL);
    }
  if (row->tag != NULL)
    vv_report_page_add_tag (page, NULL);
  self->y += height;
}

static void
place_head (VvReportFlow *self)
{
  for (guint i = 0; i < self->head->cells->len; i++)
    g_array_index (self->head->cells, Cell, i).done = 0;
  draw_row (self, self->head, fill_row (self->head, BOTTOM - self->y));
}

static void
next_page (VvReportFlow *self)
{
  for (guint i = 0; i < self->open->len; i++)
    vv_report_page_add_tag (vv_report_flow_page (self), NULL);
  g_ptr_array_add (self->pages, vv_report_page_new ());
  self->y = self->top = TOP;
  for (guint i = 0; i < self->open->len; i++)
    vv_report_page_add_tag (vv_report_flow_page (self), g_ptr_array_index (self->open, i));
  if (self->head != NULL)
    place_head (self);
  self->top = self->y;
}

void
vv_report_flow_need (VvReportFlow *self, double height)
{
  if (self->y > self->top && self->y + height > BOTTOM)
    next_page (self);
}

void
vv_report_flow_space (VvReportFlow *self, double height)
{
  if (self->y > self->top)
    self->y += height;
}

void
vv_report_flow_advance (VvReportFlow *self, double height)
{
  self->y += height;
}

void
vv_report_flow_add (VvReportFlow *self, VvReportRow *taken)
{
  g_autoptr (VvReportRow) row = taken;
  double                  height = fill_row (row, G_MAXDOUBLE);

  vv_report_flow_need (self, height <= KEEP ? height : START);
  for (;;)
    {
      height = fill_row (row, BOTTOM - self->y);
      draw_row (self, row, height);
      if (is_whole (row))
        break;
      next_page (self);
    }
}

void
vv_report_flow_set_head (VvReportFlow *self, VvReportRow *row)
{
  g_clear_pointer (&self->head, row_free);
  if (row == NULL)
    return;
  /* A head alone at the foot of a page would be an orphan. */
  vv_report_flow_need (self, fill_row (row, G_MAXDOUBLE) + START);
  self->head = row;
  place_head (self);
}

void
vv_report_flow_mark (VvReportFlow *self, const char *title)
{
  VvReportEntry entry = { .title = g_strdup (title), .page = self->pages->len - 1, .y = self->y };

  g_array_append_val (self->outline, entry);
}

void
vv_report_flow_stamp (VvReportFlow *self,
                      guint         page,
                      VvReportText  style,
                      const char   *text,
                      double        x,
                      double        baseline,
                      double        width,
                      double        align)
{
  g_autofree char        *clean = printable (text);
  g_autoptr (PangoLayout) layout = make_layout (self, style, clean);
  PangoRectangle          rectangle;
  PangoLayoutLine        *line;

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  line = pango_layout_get_line_readonly (layout, 0);
  pango_layout_line_get_extents (line, NULL, &rectangle);
  x += align * (width - (double) rectangle.width / PANGO_SCALE);
  vv_report_page_add_line (g_ptr_array_index (self->pages, page), layout, line, x, baseline,
                           styles[style].colour);
}

GPtrArray *
vv_report_flow_pages (VvReportFlow *self)
{
  return self->pages;
}

GArray *
vv_report_flow_outline (VvReportFlow *self)
{
  return self->outline;
}
