// SPDX-License-Identifier: GPL-3.0-or-later
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "vv-hash.h"
#include "vv-json-mark.h"
#include "vv-json.h"
#include "vv-report.h"
#include "vv-test.h"

#define NOTICE                                                                                             \
  "The determination of a possible match candidate alone does not constitute probable cause to effect an " \
  "arrest, or obtain an arrest or search warrant."
#define NOTICE2 "Further investigation is needed to establish probable cause."
#define NOTICE3                                                                                           \
  "A possible match candidate shall be treated as an investigative lead only. Corroborating information " \
  "must be developed through additional investigation by the assigned investigator."

static const VvBox face = { 150, 155, 178, 262 };

static VvPicture *
decode (GBytes *file)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (file);
  g_autoptr (GError)       error = NULL;
  g_autoptr (GdkPixbuf)    pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);
  g_autoptr (GBytes)       pixels = NULL;
  int                      width, height, channels;
  guint8                  *out;

  vv_assert_ok (error);
  width = gdk_pixbuf_get_width (pixbuf);
  height = gdk_pixbuf_get_height (pixbuf);
  channels = gdk_pixbuf_get_n_channels (pixbuf);
  out = g_malloc ((gsize) width * (gsize) height * 4);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *from =
          gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * channels;
        guint8 *to = out + 4 * (y * width + x);

        to[0] = from[2];
        to[1] = from[1];
        to[2] = from[0];
        to[3] = 255;
      }
  pixels = g_bytes_new_take (out, (gsize) width * (gsize) height * 4);
  return vv_picture_new (width, height, (gsize) width * 4, pixels);
}

static GBytes *
person (const char *name)
{
  g_autofree char *relative = g_strdup_printf ("data/people/%s.jpg", name);
  g_autofree char *path = vv_test_source (relative);

  return vv_test_read (path);
}

static void
add_picture (GPtrArray *pictures, GBytes *file, const char *label, const VvBox *box)
{
  g_autoptr (VvPicture) picture = decode (file);
  g_autofree char      *hash = vv_hash_bytes (file);
  g_autofree char      *caption =
    g_strdup_printf ("%d x %d pixels, SHA-256 %s", picture->width, picture->height, hash);

  g_ptr_array_add (pictures, vv_report_picture_new (file, picture, label, caption, box));
}

static GPtrArray *
make_pictures (guint n)
{
  GPtrArray         *pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) vv_report_picture_free);
  g_autoptr (GBytes) probe = person ("P001_probe1");
  g_autoptr (GBytes) candidate = person ("P001_gallery");
  static const VvBox probe_face = { 165, 120, 135, 195 };

  if (n > 0)
    add_picture (pictures, probe, "Probe image", &probe_face);
  if (n > 1)
    add_picture (pictures, candidate, "Candidate image", &face);
  return pictures;
}

static JsonArray *
texts (const char *first, ...)
{
  JsonArray *array = json_array_new ();
  va_list    list;

  va_start (list, first);
  for (const char *text = first; text != NULL; text = va_arg (list, const char *))
    json_array_add_string_element (array, text);
  va_end (list);
  return array;
}

static JsonObject *
sample_person (const char *role, const char *name, const char *account, const char *act, const char *when)
{
  return vv_json_new ("role", "s", role, "name", "s", name, "account", "s", account, "act", "s", act, "when",
                      "s", when, NULL);
}

static JsonArray *
make_people (void)
{
  JsonArray *people = json_array_new ();

  json_array_add_object_element (people, sample_person ("FIS investigator", "Det. Ada Marsh", "amarsh",
                                                        "Comparison", "2026-11-23T13:05:01.23Z"));
  json_array_add_object_element (people, sample_person ("Peer reviewer", "Det. Juan Núñez", "jnunez",
                                                        "Peer review", "2026-11-23T13:40:12.00Z"));
  json_array_add_object_element (people, sample_person ("FIS supervisor", "Lt. Mara Ortiz", "mortiz",
                                                        "Sign-off", "2026-11-23T14:01:44.50Z"));
  return people;
}

/* A mark of each kind; @x, @y: where in the picture. */
static JsonObject *
make_mark (VvMarkKind kind, float x, float y)
{
  VvMark mark = { .kind = kind, .n_points = kind == VV_MARK_POINT ? 1 : kind == VV_MARK_CURVE || kind == VV_MARK_OUTLINE ? 4
                                                                                                                         : 2,
                  .points = { { x, y }, { x + 40, y + 8 }, { x + 48, y + 30 }, { x - 6, y + 24 } } };

  return vv_mark_to_json (&mark);
}

static JsonArray *
make_marked (void)
{
  static const char *const titles[] = { "Tip of the nose", "Left eyebrow", "Left ear: lobe", "Chin", "Scars" };
  JsonArray               *marked = json_array_new ();

  for (VvMarkKind kind = 0; kind < VV_N_MARK_KINDS; kind++)
    json_array_add_object_element (marked,
                                   vv_json_new ("title", "s", titles[kind], "answer", "s", kind % 2 == 0 ? "Similar" : "Different", "text", "s", "Looked at under this number, in both of the images.",
                                                "probe", "o", make_mark (kind, 200 + 10 * (float) kind, 180 + 20 * (float) kind),
                                                "candidate", "o", kind != VV_MARK_ARROW ? make_mark (kind, 210 + 10 * (float) kind, 250 + 20 * (float) kind) : NULL,
                                                "unseen", "s", kind == VV_MARK_ARROW ? "candidate" : NULL, NULL));
  return marked;
}

static JsonObject *
make_findings (void)
{
  JsonArray *blocks = json_array_new ();

  json_array_add_object_element (blocks,
                                 vv_json_new ("title", "s", "Eyes", "answer", "s", "Similar", "note", "s",
                                              "Inner corners and lid fold run alike on both sides.", NULL));
  json_array_add_object_element (blocks,
                                 vv_json_new ("title", "s", "– Left eye: iris", "answer", "s", "Different", "note", "s",
                                              "Unexplained. Probe: Partly. Candidate: Clear. Stable. Darker rim.", NULL));
  json_array_add_object_element (blocks, vv_json_new ("title", "s", "Scars, marks, tattoos", "answer", "s",
                                                      "Not visible", "note", "s",
                                                      "The probe is too small to show marks.", NULL));
  json_array_add_object_element (
    blocks, vv_json_new ("title", "s", "Overall complexion, gender, age", "answer", "s", "Similar", "note",
                         "s", "Apparent age differs by some years; the photograph is four years old.", NULL));
  return vv_json_new ("similarities", "a",
                      texts ("Both lid folds start at the inner corner and end in the same place.",
                             "The nose is broad at the base with a rounded tip.",
                             "The distance from nose to upper lip is short in both.", NULL),
                      "differences", "a",
                      texts ("The hair is shorter in the probe and recedes further at the left temple.",
                             "The left ear is covered in the probe and cannot be compared.", NULL),
                      "unexplained", "a", texts ("Left eye: iris: Darker rim.", NULL),
                      "marked", "a", make_marked (),
                      "blocks", "a", blocks, "conclusion", "s",
                      "The similarities outweigh the differences, none of which excludes that both images "
                      "show the same person.",
                      NULL);
}

static JsonObject *
make_background (void)
{
  JsonArray *sources = json_array_new ();

  json_array_add_object_element (sources,
                                 vv_json_new ("source", "s", "Arrest history", "finding", "s",
                                              "Two arrests in the same precinct within three years.", NULL));
  json_array_add_object_element (sources,
                                 vv_json_new ("source", "s", "Custody status at the time", "finding", "s",
                                              "Not in custody on the day of the incident.", NULL));
  return vv_json_new ("sources", "a", sources, "fit", "s",
                      "Height and age agree with the description of the complainant.", "reliability", "s",
                      "Records are current and come from the department's own systems.", NULL);
}

static JsonObject *
make_facts (void)
{
  g_autofree char *rules = vv_hash_data ("rules", 5);
  g_autofree char *head = vv_hash_data ("audit", 5);
  g_autofree char *manifest = vv_hash_data ("manifest", 8);

  return vv_json_new (
    "fis_number", "s", "2026-00417", "case_number", "s", "2026-044-001234", "complaint_number", "s",
    "2026-44-009871", "agency", "s", "New York City Police Department", "station", "s", "Desk 3", "requester",
    "s", "Det. Luis Rivera, 44 Pct Detective Squad", "recipient", "s",
    "Det. Luis Rivera, 44 Pct Detective Squad", "use", "s",
    "a. To establish who an individual is when there is a basis to believe that such individual has "
    "committed, is committing, or is about to commit a crime.",
    "reason", "s", "Robbery in a store on 22 November 2026; the person in the image took the cash box.",
    "subject_role", "s", "Suspect", "summary", "s",
    "One still from the store camera, seen from slightly above.", "issued_at", "s", "2026-11-23T14:05:01.23Z",
    "policy", "o",
    vv_json_new ("procedure", "s", "212-129", "version", "s", "2020-03-12, no revision", "effective", "s",
                 "2020-03-12", "rules_hash", "s", rules, NULL),
    "notices", "a", texts (NOTICE, NOTICE2, NOTICE3, NULL), "audit_head", "s", head, "notice_version", "i", (gint64) 7, "training", "b", FALSE,
    "people", "a", make_people (), "search", "o",
    vv_json_new ("when", "s", "2026-11-23T12:55:00.00Z", "gallery_size", "i", (gint64) 12000, "pool_length",
                 "i", (gint64) 20, "recogniser", "s", "sface 2021dec", "detector", "s", "ultraface rfb-320",
                 "manifest", "s", manifest, NULL),
    "findings", "o", make_findings (), "background", "o", make_background (), "candidate", "o",
    vv_json_new ("person", "s", "Test Person One", "reference", "s", "M-0001", "class", "s", "arrest",
                 "taken", "s", "2022-05-03", NULL),
    "cause", "s", "No possible candidate was determined in the pool.", NULL);
}

/* --- The other forms ------------------------------------------------------------------------------------- */

static JsonArray *
objects (JsonObject *first, ...)
{
  JsonArray *array = json_array_new ();
  va_list    list;

  va_start (list, first);
  for (JsonObject *object = first; object != NULL; object = va_arg (list, JsonObject *))
    json_array_add_object_element (array, object);
  va_end (list);
  return array;
}

static JsonArray *
make_media (void)
{
  g_autofree char *still = vv_hash_data ("still", 5);
  g_autofree char *video = vv_hash_data ("video", 5);

  return objects (
    vv_json_new ("name", "s", "counter-1.jpg", "kind", "s", "Image, JPEG", "size", "s", "640 x 480 pixels", "sha256", "s",
                 still, "source", "s", "Internet or social media", "source_detail", "s",
                 "Public page of the store, posted the morning after", "obtained_by", "s", "Det. Luis Rivera",
                 "obtained_at", "s", "2026-11-22T21:10:00.00Z", "site_link", "s", "https://store.example/wall/44",
                 "captured_at", "s", "2026-11-22", NULL),
    vv_json_new ("name", "s", "aisle-2.avi", "kind", "s", "Video", "size", "s", "00:02:11, 1280 x 720 pixels", "sha256", "s",
                 video, "source", "s", "Witness", "obtained_by", "s", "Det. Luis Rivera", "obtained_at", "s", "2026-11-22",
                 "player", "s", "player.zip, kept as an exhibit, never run", NULL),
    NULL);
}

static JsonObject *
make_measure (const char *title, const char *value, const char *assessment, const char *ask)
{
  return vv_json_new ("title", "s", title, "value", "s", value, "assessment", "s", assessment, "ask", "s", ask, NULL);
}

static JsonObject *
make_image (const char *name)
{
  g_autofree char *hash = vv_hash_data (name, strlen (name));

  return vv_json_new (
    "name", "s", name, "sha256", "s", hash, "reasons", "a",
    texts ("Too few pixels between the eyes.", "The brow is covered by the hand (mark 1).", NULL), "remark", "s",
    "Looked at in full size by the examiner; no other face is in the image.", "measures", "a",
    objects (make_measure ("Distance between the eyes", "21 pixels", "Unusable", "The camera's original recording"),
             make_measure ("Turned to the side", "12 degrees", "Good", NULL),
             make_measure ("Light, mean of the face", "0.18", "At the limits", "A frame from before the lamp went out"), NULL),
    "ask", "a",
    texts ("The original recording instead of a picture of the screen.", "A frame in which the hand is down.", NULL), NULL);
}

static JsonArray *
make_records (guint n)
{
  JsonArray *records = json_array_new ();

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *hash = vv_hash_data (&i, sizeof i);

      json_array_add_object_element (records, vv_json_new ("id", "i", (gint64) 100 + i, "kind", "s",
                                                           i % 2 == 0 ? "use-confirmation" : "comparison", "author", "s",
                                                           "amarsh", "when", "s", "2026-11-23T13:05:01.23Z", "hash", "s",
                                                           hash, NULL));
    }
  return records;
}

static void
add_request (JsonObject *facts)
{
  json_object_set_object_member (facts, "investigator",
                                 vv_json_new ("name", "s", "Det. Luis Rivera", "command", "s", "44 Pct Detective Squad",
                                              "shield", "s", "4471", "contact", "s", "718-555-0144", NULL));
  json_object_set_string_member (facts, "channel", "By telephone");
  json_object_set_string_member (facts, "generated_by", "Det. Ada Marsh (amarsh), Facial Identification Section");
  json_object_set_string_member (facts, "received_at", "2026-11-23T09:12:00.00Z");
  json_object_set_boolean_member (facts, "identity_unknown", TRUE);
  json_object_set_array_member (facts, "use_details",
                                objects (vv_json_new ("title", "s", "Tense", "value", "s", "Has committed", NULL),
                                         vv_json_new ("title", "s", "Offence", "value", "s", "Robbery in the second degree",
                                                      NULL),
                                         NULL));
  json_object_set_array_member (facts, "media", make_media ());
}

static void
add_outside (JsonObject *facts)
{
  g_autofree char *copy = vv_hash_data ("copy", 4);

  json_object_set_object_member (facts, "outside",
                                 vv_json_new ("agency", "s", "Westbrook Police Department", "command", "s",
                                              "Detective Division", "address", "s", "12 Main Street, Westbrook", "member",
                                              "s", "Sgt. Ruth Amadi", "title", "s", "Sergeant", "shield", "s", "88",
                                              "telephone", "s", "914-555-0101", "email", "s", "ramadi@westbrook.example",
                                              "case_number", "s", "WB-2026-3311", NULL));
  json_object_set_string_member (facts, "method", "By e-mail");
  json_object_set_string_member (facts, "received_by", "Det. Ada Marsh (amarsh)");
  json_object_set_string_member (facts, "referred_by", "Detective Bureau, Westchester liaison");
  json_object_set_object_member (facts, "complaint_copy",
                                 vv_json_new ("name", "s", "complaint.pdf", "sha256", "s", copy, "pages", "i", (gint64) 3, NULL));
}

static void
add_case_records (JsonObject *facts, guint n)
{
  g_autofree char *document = vv_hash_data ("document", 8);
  g_autofree char *key = vv_hash_data ("key", 3);

  json_object_set_string_member (facts, "outcome", "Negative: no candidate was found in the pool.");
  json_object_set_array_member (facts, "results",
                                texts ("20 candidates were reviewed, each with a disposition and a reason.",
                                       "The supervisor confirmed that there is none.", NULL));
  json_object_set_array_member (facts, "details",
                                objects (vv_json_new ("title", "s", "Received", "value", "s", "23 Nov 2026 09:12 UTC, by telephone",
                                                      NULL),
                                         vv_json_new ("title", "s", "Rounds of images", "value", "s", "2", NULL), NULL));
  json_object_set_array_member (facts, "searches",
                                objects (vv_json_new ("when", "s", "2026-11-23T12:55:00.00Z", "operator", "s",
                                                      "Det. Ada Marsh (amarsh)", "gallery_size", "i", (gint64) 12000,
                                                      "pool_length", "i", (gint64) 20, "recogniser", "s", document, "probe",
                                                      "s", key, "manifest", "s", document, NULL),
                                         NULL));
  json_object_set_array_member (facts, "records", make_records (n));
  json_object_set_array_member (facts, "documents",
                                objects (vv_json_new ("name", "s", "FIS 2026-00417 No Report.pdf", "sha256", "s", document,
                                                      "acknowledged_at", "s", "2026-11-23T14:20:00.00Z", "location", "s",
                                                      "2026-044-001234/2026-00417", NULL),
                                         vv_json_new ("name", "s", "FIS 2026-00417 note.json", "sha256", "s", key, "state",
                                                      "s", "Waiting in the outbox", NULL),
                                         NULL));
  json_object_set_array_member (facts, "keys",
                                objects (vv_json_new ("account", "s", "amarsh", "name", "s", "Det. Ada Marsh", "fingerprint", "s", key, NULL), NULL));
}

/* Every form's facts in one object: what a form does not ask for it does not print. */
static JsonObject *
make_all_facts (void)
{
  JsonObject *facts = make_facts ();

  add_request (facts);
  add_outside (facts);
  add_case_records (facts, 12);
  json_object_set_int_member (facts, "round", 2);
  json_object_set_array_member (facts, "images", objects (make_image ("counter-1.jpg"), make_image ("counter-2.jpg"), NULL));
  return facts;
}

static GPtrArray *
make_pictures_of (const char *form)
{
  static const VvBox brow = { 180, 125, 100, 50 };
  GPtrArray         *pictures = make_pictures (strcmp (form, "no-match") == 0 ? 1 : strcmp (form, "case-records") == 0 ? 0
                                                                                                                       : 2);

  if (strcmp (form, "image-rejection") == 0)
    vv_report_picture_add_mark (g_ptr_array_index (pictures, 0), &brow);
  return pictures;
}

static GBytes *
make_pdf (const char *form, JsonObject *facts, GPtrArray *pictures)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (VvReport) report = vv_report_new (form, facts, pictures, &error);
  GBytes              *pdf;

  vv_assert_ok (error);
  pdf = vv_report_to_pdf (report, &error);
  vv_assert_ok (error);
  return pdf;
}

static GBytes *
make_sample (const char *form)
{
  g_autoptr (JsonObject) facts = make_all_facts ();
  g_autoptr (GPtrArray)  pictures = make_pictures_of (form);

  return make_pdf (form, facts, pictures);
}

/* Runs a program on @pdf in a fresh folder ("FILE" stands for the PDF), which must succeed; what it printed. */
static char *
run (GBytes *pdf, char **dir_out, const char *const *command)
{
  char                 *dir = vv_test_make_dir ();
  g_autofree char      *file = g_build_filename (dir, "report.pdf", NULL);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  char                 *out = NULL;
  g_autofree char      *problems = NULL;
  int                   status = -1;

  (void) g_file_set_contents (file, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  vv_assert_ok (error);
  for (; *command != NULL; command++)
    g_ptr_array_add (argv, g_str_equal (*command, "FILE") ? file : (gpointer) *command);
  g_ptr_array_add (argv, NULL);
  (void) g_spawn_sync (dir, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &problems,
                       &status, &error);
  vv_assert_ok (error);
  ck_assert_msg (status == 0, "%s: %s%s", (char *) argv->pdata[0], out, problems);
  ck_assert_str_eq (problems, "");
  if (dir_out != NULL)
    *dir_out = dir;
  else
    vv_test_remove_dir (dir);
  return out;
}

/* The text of all pages, each run of white space one space. */
static char *
flat (const char *text)
{
  g_auto (GStrv)      words = g_strsplit_set (text, " \n\f\t", -1);
  g_autoptr (GString) out = g_string_new (" ");

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_string_append_printf (out, "%s ", *word);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
text_of (GBytes *pdf)
{
  static const char *const command[] = { "pdftotext", "-raw", "FILE", "-", NULL };
  g_autofree char         *text = run (pdf, NULL, command);

  return flat (text);
}

static void
assert_has (const char *text, const char *wanted)
{
  ck_assert_msg (strstr (text, wanted) != NULL, "\"%s\" is not in: %s", wanted, text);
}

static const char *const forms[] = { "possible-match", "no-match", "request-dd5",
                                     "image-rejection", "outside-agency", "case-records" };
static const char *const titles[] = { "FIS Possible Match Report", "FIS No Match Report",
                                      "FIS Request DD5", "FIS Image Rejection Report",
                                      "FIS Outside Agency Form", "FIS Case Cover and Records Sheet" };

START_TEST (to_pdf__is_tagged_and_sound)
{
  static const char *const info[] = { "pdfinfo", "FILE", NULL };
  static const char *const check[] = { "qpdf", "--check", "FILE", NULL };
  static const char *const structure[] = { "pdfinfo", "-struct", "FILE", NULL };
  static const char *const elements[] = { "Document", "Sect", "H1", "H2", "P", "Table",
                                          "TR", "TH", "TD", "Figure", "Caption" };
  g_autoptr (GBytes)       pdf = make_sample (forms[_i]);
  g_autofree char         *facts = run (pdf, NULL, info);
  g_autofree char         *clean = run (pdf, NULL, check);
  g_autofree char         *tree = run (pdf, NULL, structure);

  assert_has (facts, titles[_i]);
  assert_has (facts, "Tagged:          yes");
  assert_has (facts, "CreationDate:    Mon Nov 23 14:05:01 2026 UTC");
  assert_has (facts, "ModDate:         Mon Nov 23 14:05:01 2026 UTC");
  assert_has (facts, "612 x 792 pts (letter)");
  assert_has (clean, "No syntax or stream encoding errors found");
  /* The records sheet has no pictures: the last two are theirs. */
  for (gsize i = 0; i < G_N_ELEMENTS (elements) - (strcmp (forms[_i], "case-records") == 0 ? 2 : 0); i++)
    assert_has (tree, elements[i]);
}
END_TEST

START_TEST (to_pdf__embeds_every_font)
{
  static const char *const command[] = { "pdffonts", "FILE", NULL };
  g_autoptr (GBytes)       pdf = make_sample ("possible-match");
  g_autofree char         *out = run (pdf, NULL, command);
  g_auto (GStrv)           lines = g_strsplit (g_strchomp (out), "\n", -1);

  /* Two lines of head; then name, type, encoding, "emb sub uni". */
  ck_assert_uint_ge (g_strv_length (lines), 4);
  for (char **line = lines + 2; *line != NULL; line++)
    {
      assert_has (*line, "yes yes yes");
      ck_assert_msg (strstr (*line, "Type 3") == NULL, "a font as pictures: %s", *line);
    }
}
END_TEST

START_TEST (to_pdf__holds_the_originals)
{
  static const char *const command[] = { "pdfimages", "-all", "FILE", "image", NULL };
  static const char *const names[] = { "P001_probe1", "P001_gallery" };
  char                    *dir;
  g_autoptr (GBytes)       pdf = make_sample ("possible-match");
  g_autofree char         *nothing = run (pdf, &dir, command);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) original = person (names[i]);
      gboolean           found = FALSE;

      for (guint j = 0; j < 4 && !found; j++)
        {
          g_autofree char   *name = g_strdup_printf ("image-%03u.jpg", j);
          g_autofree char   *path = g_build_filename (dir, name, NULL);
          g_autoptr (GBytes) extracted = vv_test_read (path);

          found = g_bytes_equal (original, extracted);
        }
      ck_assert_msg (found, "%s is not in the PDF byte for byte", names[i]);
    }
  vv_test_remove_dir (dir);
  /* Whole picture and face share one copy. */
  ck_assert_uint_lt (g_bytes_get_size (pdf), 200 * 1024);
}
END_TEST

/* A JPEG that states that it lies on its side is not shown as its pixels are: it must not be embedded. */
START_TEST (to_pdf__leaves_a_turned_file_out)
{
  static const guint8      exif[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
                                      0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0 };
  static const char *const command[] = { "pdfimages", "-list", "FILE", NULL };
  g_autoptr (JsonObject)   facts = make_facts ();
  g_autoptr (GPtrArray)    pictures = make_pictures (1);
  VvReportPicture         *probe = g_ptr_array_index (pictures, 0);
  GByteArray              *turned = g_byte_array_new ();
  gsize                    size;
  const guint8            *data = g_bytes_get_data (probe->file, &size);
  g_autoptr (GBytes)       pdf = NULL;
  g_autofree char         *list = NULL;

  g_byte_array_append (turned, data, 2);
  g_byte_array_append (turned, exif, sizeof exif);
  g_byte_array_append (turned, data + 2, (guint) size - 2);
  g_bytes_unref (probe->file);
  probe->file = g_byte_array_free_to_bytes (turned);
  pdf = make_pdf ("no-match", facts, pictures);
  list = run (pdf, NULL, command);
  ck_assert_msg (strstr (list, "jpeg") == NULL, "%s", list);
  assert_has (list, "image");
}
END_TEST

/* Markers that lie about their length must not lead outside the file. */
START_TEST (to_pdf__survives_a_broken_file)
{
  g_autoptr (JsonObject) facts = make_facts ();
  g_autoptr (GPtrArray)  pictures = make_pictures (1);
  VvReportPicture       *probe = g_ptr_array_index (pictures, 0);
  g_autoptr (GBytes)     whole = g_bytes_ref (probe->file);

  for (gsize size = 0; size < 400; size += 7)
    {
      g_autoptr (GBytes) pdf = NULL;

      g_bytes_unref (probe->file);
      /* A copy of its own, so that a memory checker sees a step past the end. */
      probe->file = g_bytes_new (g_bytes_get_data (whole, NULL), size);
      pdf = make_pdf ("no-match", facts, pictures);
      ck_assert_uint_gt (g_bytes_get_size (pdf), 1000);
    }
}
END_TEST

START_TEST (to_pdf__is_the_same_twice)
{
  g_autoptr (GBytes) first = make_sample (forms[_i]);
  g_autoptr (GBytes) second = NULL;

  g_setenv ("TZ", "America/New_York", TRUE);
  g_usleep (1100 * 1000);
  second = make_sample (forms[_i]);
  g_setenv ("TZ", "UTC", TRUE);
  ck_assert (g_bytes_equal (first, second));
}
END_TEST

START_TEST (text__has_what_must_be_on_it)
{
  static const char *const all[] = {
    "New York City Police Department",
    "Procedure 212-129",
    "2026-00417",
    "Robbery in a store",
    "Det. Ada Marsh (amarsh)",
    "Lt. Mara Ortiz (mortiz)",
    "Issued 23 Nov 2026 14:05 UTC",
    "2020-03-12, no revision",
    "Audit head",
    "Notice version 7",
    "Form version",
  };
  static const char *const wanted[][24] = {
    { NOTICE, NOTICE2, NOTICE3, "Candidate image", "Similarities", "Differences", "covered in the probe",
      "outweigh the differences", "Arrest history", "M-0001", "3 May 2022", "develop corroborating information",
      "12000", "sface 2021dec", "Key of amarsh", "Form version 2", "Differences that nothing explains Left eye: iris: Darker rim.",
      "– Left eye: iris Different Unexplained. Probe: Partly.", "1 Tip of the nose Similar Looked at under this number", "4 Chin Different",
      "5 Scars Similar", "Not visible in the candidate's photograph", NULL },
    { NOTICE, NOTICE2, NOTICE3, "2026-044-001234", "2026-44-009871", "Probe image", "Continue the investigation",
      "No possible candidate was determined", NULL },
    { "investigative lead only", "authorized uses of procedure 212-129 only", "By telephone", "Form made by", "4471",
      "718-555-0144", "Offence Robbery in the second degree", "Identity Not known at intake", "counter-1.jpg",
      "https://store.example/wall/44", "Captured 22 Nov 2026", "aisle-2.avi", "player.zip, kept as an exhibit",
      "Copies of the images", NULL },
    { "Resubmission is possible", "Round of images 2", "Image 1 of 2: counter-1.jpg", "Too few pixels between the eyes.",
      "Distance between the eyes 21 pixels Unusable", "The camera's original recording", "At the limits",
      "What would help", "A frame in which the hand is down.", "Image 2 of 2: counter-2.jpg", "(mark 1)",
      "For the assigned investigator: Det. Luis Rivera", NULL },
    { "Westbrook Police Department", "Sgt. Ruth Amadi", "914-555-0101", "WB-2026-3311", "Report goes back By e-mail",
      "complaint.pdf", "Pages 3", "Referred by", "counter-1.jpg", "investigative lead only", NULL },
    { NOTICE, NOTICE2, NOTICE3, "Negative: no candidate was found", "20 candidates were reviewed", "Rounds of images 2",
      "101 comparison amarsh 23 Nov 2026 13:05 UTC", "112 use-confirmation", "Acknowledged 23 Nov 2026 14:20 UTC",
      "Waiting in the outbox", "Signing keys", NULL },
  };
  g_autoptr (GBytes) pdf = make_sample (forms[_i]);
  g_autofree char   *text = text_of (pdf);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    assert_has (text, all[i]);
  for (gsize i = 0; wanted[_i][i] != NULL; i++)
    assert_has (text, wanted[_i][i]);
  ck_assert (strstr (text, "TRAINING") == NULL);
}
END_TEST

/* But for the notices, the facts of the test hold none of these words: whatever is found is a fixed text. */
START_TEST (text__never_says_more_than_a_lead)
{
  static const char *const names[] = { "FIS Possible Match Report", "FIS No Match Report", NOTICE, NOTICE2,
                                       NOTICE3 };
  g_autoptr (GBytes)       pdf = make_sample (forms[_i]);
  g_autofree char         *text = text_of (pdf);
  g_autofree char         *lower = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (GStrv) pieces = g_strsplit (text, names[i], -1);

      g_free (text);
      text = g_strjoinv ("", pieces);
    }
  lower = g_utf8_strdown (text, -1);
  ck_assert_msg (
    !g_regex_match_simple ("\\b(match\\w*|hits?|identified|scores?|percent\\w*)\\b|%", lower, 0, 0), "%s",
    lower);
}
END_TEST

static guint
count_pages (GBytes *pdf)
{
  static const char *const command[] = { "qpdf", "--show-npages", "FILE", NULL };
  g_autofree char         *out = run (pdf, NULL, command);

  return (guint) g_ascii_strtoull (out, NULL, 10);
}

static GBytes *
make_long (gboolean training)
{
  g_autoptr (JsonObject) facts = make_facts ();
  g_autoptr (GPtrArray)  pictures = make_pictures (2);
  g_autoptr (GString)    sentences = g_string_new (NULL);
  JsonObject            *findings = vv_json_object (facts, "findings");

  for (int i = 0; i < 200; i++)
    g_string_append_printf (
      sentences, "Observation%03da on the brow%03db continues to the temple%03dc of the face. ", i, i, i);
  json_object_set_array_member (findings, "differences",
                                texts (sentences->str, "The last difference.", NULL));
  json_object_set_boolean_member (facts, "training", training);
  return make_pdf ("possible-match", facts, pictures);
}

START_TEST (text__flows_over_pages_and_loses_nothing)
{
  g_autoptr (GBytes) pdf = make_long (FALSE);
  g_autofree char   *text = text_of (pdf);
  const char        *at = text;

  ck_assert_uint_ge (count_pages (pdf), 5);
  /* In order: a sentence may be parted by the foot of its page, a word may not. */
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *words[3] = { g_strdup_printf ("Observation%03da", i), g_strdup_printf ("brow%03db", i),
                                    g_strdup_printf ("temple%03dc", i) };

      for (int j = 0; j < 3; j++)
        {
          at = strstr (at, words[j]);
          ck_assert_msg (at != NULL, "%s is lost or out of order", words[j]);
        }
      g_free (g_steal_pointer (&words[1]));
      g_free (g_steal_pointer (&words[2]));
    }
  assert_has (at, "The last difference.");
  assert_has (at, "Audit head");
}
END_TEST

/* What is long in the other forms: a list of records, and what was submitted. */
static GBytes *
make_long_form (const char *form)
{
  g_autoptr (JsonObject) facts = make_all_facts ();
  g_autoptr (GPtrArray)  pictures = make_pictures_of (form);
  JsonArray             *media = vv_json_array (facts, "media");
  JsonArray             *measures = vv_json_array (vv_json_element (vv_json_array (facts, "images"), 0), "measures");

  json_object_set_array_member (facts, "records", make_records (300));
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("clip-%03d.avi", i);
      JsonObject      *clip = vv_json_copy (vv_json_element (media, 1));

      json_object_set_string_member (clip, "name", name);
      json_array_add_object_element (media, clip);
      json_array_add_object_element (measures, make_measure (name, "1.5", "Good", "A longer sentence on what to ask for here."));
    }
  json_object_set_boolean_member (facts, "training", TRUE);
  return make_pdf (form, facts, pictures);
}

START_TEST (text__of_long_forms_loses_nothing)
{
  const char        *form = forms[_i];
  g_autoptr (GBytes) pdf = make_long_form (form);
  g_autofree char   *text = text_of (pdf);
  guint              n = count_pages (pdf);
  const char        *at = text;

  ck_assert_uint_ge (n, 4);
  for (guint i = 1; strcmp (form, "case-records") == 0 && i <= 300; i++)
    {
      g_autofree char *hash = vv_hash_data (&i, sizeof i);
      g_autofree char *first = g_strndup (hash, 32);
      g_autofree char *broken = g_strdup_printf ("%s %s", first, hash + 32);

      at = strstr (at, broken);
      ck_assert_msg (at != NULL, "record %u is lost or out of order", i);
    }
  for (guint i = 0; strcmp (form, "case-records") != 0 && i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("clip-%03u.avi", i);

      at = strstr (at, name);
      ck_assert_msg (at != NULL, "%s is lost or out of order", name);
    }
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *count = g_strdup_printf ("Page %u of %u", i, n);

      assert_has (text, count);
    }
  assert_has (at, "Audit head");
}
END_TEST

/* A request is numbered only after its form was made. */
START_TEST (text__says_that_there_is_no_number_yet)
{
  static const char *const early[] = { "request-dd5", "outside-agency" };
  g_autoptr (JsonObject)   facts = make_all_facts ();
  g_autoptr (GPtrArray)    pictures = make_pictures_of (early[_i]);
  g_autoptr (GBytes)       pdf = NULL;
  g_autofree char         *text = NULL;

  json_object_remove_member (facts, "fis_number");
  pdf = make_pdf (early[_i], facts, pictures);
  text = text_of (pdf);
  assert_has (text, "FIS number not yet assigned");
  ck_assert_ptr_null (strstr (text, "2026-00417"));
}
END_TEST

/* Every form that tells of a case that was opened to images outside the photo repository says so. */
START_TEST (text__says_that_the_case_was_opened_to_other_images)
{
  static const char *const told[] = { "possible-match", "no-match", "image-rejection", "case-records" };
  g_autoptr (JsonObject)   facts = make_all_facts ();
  g_autoptr (GPtrArray)    pictures = make_pictures_of (told[_i]);
  g_autoptr (GBytes)       without = make_sample (told[_i]);
  g_autofree char         *plain = text_of (without);
  g_autoptr (GBytes)       pdf = NULL;
  g_autofree char         *text = NULL;

  json_object_set_object_member (facts, "outside_approval",
                                 vv_json_new ("approver", "s", "Chief of Detectives", "name", "s", "Chief Doe", "date", "s", "2026-11-23", "reason", "s", "He fled the state.", "scope", "s", "Three licences.", NULL));
  pdf = make_pdf (told[_i], facts, pictures);
  text = text_of (pdf);
  assert_has (text, "Comparison outside the photo repository");
  assert_has (text, "Chief Doe, Chief of Detectives");
  assert_has (text, "He fled the state.");
  assert_has (text, "Three licences.");
  ck_assert_ptr_null (strstr (plain, "outside the photo repository"));
}
END_TEST

START_TEST (pages__carry_number_and_band)
{
  g_autoptr (GBytes) pdf = make_long (TRUE);
  guint              n = count_pages (pdf);

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char  *page = g_strdup_printf ("%u", i);
      g_autofree char  *count = g_strdup_printf ("Page %u of %u", i, n);
      const char *const command[] = { "pdftotext", "-raw", "-f", page, "-l", page, "FILE", "-", NULL };
      g_autofree char  *raw = run (pdf, NULL, command);
      g_autofree char  *text = flat (raw);

      assert_has (text, "FIS number 2026-00417");
      assert_has (text, count);
      assert_has (text, "TRAINING – NOT A CASE");
      assert_has (text, "New York City Police Department");
      assert_has (text, "Procedure 212-129");
    }
}
END_TEST

/* No text may leave the margins or lie on another line of text. */
START_TEST (pages__keep_the_margins)
{
  static const char *const command[] = { "pdftotext", "-bbox", "FILE", "-", NULL };
  g_autoptr (GBytes)       pdf = make_long (FALSE);
  g_autofree char         *out = run (pdf, NULL, command);
  g_autoptr (GRegex)       regex =
    g_regex_new ("xMin=\"([0-9.]+)\" yMin=\"([0-9.]+)\" xMax=\"([0-9.]+)\" yMax=\"([0-9.]+)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) info = NULL;
  guint                  words = 0;

  for (g_regex_match (regex, out, 0, &info); g_match_info_matches (info);
       g_match_info_next (info, NULL), words++)
    {
      g_autofree char *left = g_match_info_fetch (info, 1);
      g_autofree char *right = g_match_info_fetch (info, 3);
      g_autofree char *bottom = g_match_info_fetch (info, 4);

      ck_assert_double_ge (g_ascii_strtod (left, NULL), 53);
      ck_assert_double_le (g_ascii_strtod (right, NULL), 559);
      ck_assert_double_le (g_ascii_strtod (bottom, NULL), 775);
    }
  ck_assert_uint_gt (words, 2000);
}
END_TEST

/* In the order of the file a page ends with the four texts of its foot. */
static const char *
last_of_body (char **lines)
{
  guint n = g_strv_length (lines);

  while (n > 0 && *lines[n - 1] == '\0')
    n--;
  ck_assert_uint_gt (n, 4);
  ck_assert (g_str_has_prefix (lines[n - 1], "Confidential."));
  return lines[n - 5];
}

/* Whatever the length of the text before it, a heading or the head of a table is never the last of a page. */
START_TEST (pages__leave_no_heading_alone)
{
  static const char *const command[] = { "pdftotext", "-raw", "FILE", "-", NULL };
  static const char *const heads[] = {
    "Images compared",
    "Candidate record",
    "Visual comparison",
    "Background check",
    "Search",
    "People",
    "Policy and record",
    "Next step of the assigned investigator",
    "Similarities Differences",
    "Characteristic Assessment Note",
    "Source Finding",
    "Role Name Act When",
    "Similarities",
    "Differences",
    NULL,
  };
  g_autoptr (GPtrArray)  pictures = make_pictures (2);
  g_autoptr (JsonObject) facts = make_facts ();
  g_autoptr (GString)    summary = g_string_new (NULL);

  for (int length = 0; length < 24; length++)
    {
      g_autoptr (GBytes) pdf = NULL;
      g_autofree char   *text = NULL;
      g_auto (GStrv)     pages = NULL;

      g_string_append (summary, "One more line of the summary.\n");
      json_object_set_string_member (vv_json_object (facts, "findings"), "conclusion", summary->str);
      pdf = make_pdf ("possible-match", facts, pictures);
      text = run (pdf, NULL, command);
      pages = g_strsplit (text, "\f", -1);
      for (guint i = 0; pages[i + 1] != NULL; i++)
        {
          g_auto (GStrv) lines = g_strsplit (pages[i], "\n", -1);

          ck_assert_msg (!g_strv_contains (heads, g_strstrip ((char *) last_of_body (lines))),
                         "page %u ends with \"%s\"", i + 1, last_of_body (lines));
        }
    }
}
END_TEST

START_TEST (text__takes_names_of_all_scripts)
{
  static const char *const names[] = { "Łukasz Żółć", "Ελένη Παππά", "Юлия Щербакова", "Nguyễn Thị Ánh" };
  g_autoptr (GPtrArray)    pictures = make_pictures (2);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonObject) facts = make_facts ();
      g_autoptr (GBytes)     pdf = NULL;
      g_autofree char       *text = NULL, *composed = NULL;

      json_object_set_string_member (facts, "recipient", names[i]);
      pdf = make_pdf ("possible-match", facts, pictures);
      text = text_of (pdf);
      composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
      assert_has (composed, names[i]);
    }
}
END_TEST

START_TEST (text__is_cleaned_of_control_characters)
{
  g_autoptr (GPtrArray)  pictures = make_pictures (2);
  g_autoptr (JsonObject) facts = make_facts ();
  g_autoptr (GBytes)     pdf = NULL;
  g_autofree char       *text = NULL;

  json_object_set_string_member (facts, "reason", "First\x07line\r\nsecond <b>line</b> & more");
  pdf = make_pdf ("possible-match", facts, pictures);
  text = text_of (pdf);
  assert_has (text, "First line second <b>line</b> & more");
}
END_TEST

START_TEST (new__names_what_is_missing)
{
  static const struct
  {
    const char *object, *member, *form;
  } cases[] = {
    { NULL, "fis_number", "possible-match" },
    { NULL, "agency", "no-match" },
    { NULL, "recipient", "possible-match" },
    { NULL, "requester", "possible-match" },
    { NULL, "use", "no-match" },
    { NULL, "reason", "possible-match" },
    { NULL, "issued_at", "possible-match" },
    { NULL, "notices", "possible-match" },
    { NULL, "notices", "no-match" },
    { NULL, "audit_head", "possible-match" },
    { NULL, "people", "no-match" },
    { NULL, "cause", "no-match" },
    { "policy", "rules_hash", "possible-match" },
    { "policy", "version", "no-match" },
    { "findings", "differences", "possible-match" },
    { "findings", "similarities", "possible-match" },
    { "findings", "conclusion", "possible-match" },
    { "background", "sources", "possible-match" },
    { "candidate", "reference", "possible-match" },
    { NULL, "agency", "request-dd5" },
    { NULL, "channel", "request-dd5" },
    { "investigator", "name", "request-dd5" },
    { "investigator", "command", "request-dd5" },
    { NULL, "subject_role", "request-dd5" },
    { NULL, "use", "request-dd5" },
    { NULL, "reason", "request-dd5" },
    { NULL, "identity_unknown", "request-dd5" },
    { "media", "source", "request-dd5" },
    { "media", "obtained_by", "request-dd5" },
    { "media", "sha256", "outside-agency" },
    { "outside", "agency", "outside-agency" },
    { "outside", "member", "outside-agency" },
    { "outside", "case_number", "outside-agency" },
    { "complaint_copy", "sha256", "outside-agency" },
    { NULL, "method", "outside-agency" },
    { NULL, "fis_number", "image-rejection" },
    { NULL, "recipient", "image-rejection" },
    { NULL, "people", "image-rejection" },
    { NULL, "images", "image-rejection" },
    { "images", "reasons", "image-rejection" },
    { "images", "ask", "image-rejection" },
    { NULL, "fis_number", "case-records" },
    { NULL, "reason", "case-records" },
    { NULL, "outcome", "case-records" },
    { NULL, "results", "case-records" },
    { NULL, "records", "case-records" },
    { NULL, "notices", "case-records" },
    { NULL, "keys", "case-records" },
    { "records", "hash", "case-records" },
    { "documents", "sha256", "case-records" },
    { "keys", "fingerprint", "case-records" },
  };
  g_autoptr (GPtrArray) pictures = make_pictures (2);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) facts = make_all_facts ();
      g_autoptr (GError)     error = NULL;
      JsonObject            *object = cases[i].object == NULL ? facts : vv_json_object (facts, cases[i].object);

      /* Of a list: the first object in it. */
      json_object_remove_member (object != NULL ? object : vv_json_element (vv_json_array (facts, cases[i].object), 0),
                                 cases[i].member);
      ck_assert_ptr_null (vv_report_new (cases[i].form, facts, pictures, &error));
      ck_assert_ptr_nonnull (error);
      assert_has (error->message, cases[i].member);
      vv_assert_error (error, VV_REPORT_ERROR, VV_REPORT_ERROR_INCOMPLETE);
    }
}
END_TEST

/* --- Figures of a year: the one form that is of no request --------------------------------------------------------------- */

static JsonObject *
make_yearly (void)
{
  JsonObject *facts = make_facts ();
  JsonArray  *totals = objects (vv_json_new ("item", "s", "Searches of the photo repository", "count", "i", (gint64) 417, NULL),
                                vv_json_new ("item", "s", "Images modified before they were searched", "count", "i", (gint64) 0,
                                             NULL),
                                NULL);

  json_object_set_int_member (facts, "year", 2026);
  json_object_set_string_member (facts, "from", "2026-01-01");
  json_object_set_string_member (facts, "to", "2026-12-31");
  json_object_set_string_member (facts, "made_by", "Lt. Mara Ortiz");
  json_object_set_array_member (facts, "sections",
                                objects (vv_json_new ("title", "s", "Totals", "rows", "a", totals, NULL),
                                         vv_json_new ("title", "s", "Uses declined", "note", "s", "Not searched.", NULL), NULL));
  json_object_remove_member (facts, "case_number");
  json_object_remove_member (facts, "complaint_number");
  return facts;
}

START_TEST (yearly__has_its_figures_and_is_sound)
{
  static const char *const check[] = { "qpdf", "--check", "FILE", NULL };
  static const char *const info[] = { "pdfinfo", "FILE", NULL };
  static const char *const wanted[] = { "FIS Figures of the Year", "Year 2026", "1 Jan 2026", "31 Dec 2026", "14-188.1", "Lt. Mara Ortiz", "Searches of the photo repository 417", "before they were searched 0", "Not searched. None in this period.", "Audit head", "Page 1 of 1" };
  g_autoptr (JsonObject)   facts = make_yearly ();
  g_autoptr (GBytes)       pdf = make_pdf ("yearly-figures", facts, NULL);
  g_autoptr (GBytes)       again = make_pdf ("yearly-figures", facts, NULL);
  g_autofree char         *text = text_of (pdf);
  g_autofree char         *about = run (pdf, NULL, info);
  g_autofree char         *clean = run (pdf, NULL, check);

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    assert_has (text, wanted[i]);
  ck_assert_ptr_null (strstr (text, "FIS number"));
  assert_has (about, "Tagged:          yes");
  assert_has (clean, "No syntax or stream encoding errors found");
  ck_assert (g_bytes_equal (pdf, again));
}
END_TEST

START_TEST (yearly__refuses_what_lacks_a_figure)
{
  g_autoptr (JsonObject) facts = make_yearly ();
  g_autoptr (GError)     error = NULL;
  JsonObject            *totals = vv_json_element (vv_json_array (facts, "sections"), 0);

  json_object_remove_member (vv_json_element (vv_json_array (totals, "rows"), 0), "count");
  ck_assert_ptr_null (vv_report_new ("yearly-figures", facts, NULL, &error));
  assert_has (error->message, "count");
  vv_assert_error (error, VV_REPORT_ERROR, VV_REPORT_ERROR_INCOMPLETE);
  json_object_remove_member (facts, "sections");
  ck_assert_ptr_null (vv_report_new ("yearly-figures", facts, NULL, &error));
  vv_assert_error (error, VV_REPORT_ERROR, VV_REPORT_ERROR_INCOMPLETE);
}
END_TEST

START_TEST (new__refuses_a_blank_notice)
{
  g_autoptr (GPtrArray)  pictures = make_pictures (2);
  g_autoptr (JsonObject) facts = make_facts ();
  g_autoptr (GError)     error = NULL;

  json_object_set_array_member (facts, "notices", texts (NOTICE, " \n", NULL));
  ck_assert_ptr_null (vv_report_new ("possible-match", facts, pictures, &error));
  vv_assert_error (error, VV_REPORT_ERROR, VV_REPORT_ERROR_INCOMPLETE);
}
END_TEST

START_TEST (new__refuses_without_pictures)
{
  g_autoptr (JsonObject) facts = make_facts ();
  g_autoptr (JsonObject) rejected = make_all_facts ();
  g_autoptr (GPtrArray)  none = make_pictures (0);
  g_autoptr (GPtrArray)  probe = make_pictures (1);
  g_autoptr (GError)     error = NULL;

  ck_assert_ptr_null (vv_report_new ("no-match", facts, none, &error));
  assert_has (error->message, "probe");
  vv_assert_error (error, VV_REPORT_ERROR, VV_REPORT_ERROR_INCOMPLETE);
  ck_assert_ptr_null (vv_report_new ("image-rejection", rejected, probe, &error));
  assert_has (error->message, "picture of each image");
  vv_assert_error (error, VV_REPORT_ERROR, VV_REPORT_ERROR_INCOMPLETE);
  ck_assert_ptr_null (vv_report_new ("possible-match", facts, probe, &error));
  assert_has (error->message, "candidate");
  vv_assert_error (error, VV_REPORT_ERROR, VV_REPORT_ERROR_INCOMPLETE);
}
END_TEST

/* A mark changes what is drawn on the picture, and nothing else. */
START_TEST (draw_page__shows_the_marks)
{
  static const char *const command[] = { "pdftotext", "-raw", "-f", "1", "-l", "1", "FILE", "-", NULL };
  static const VvBox       places[] = { { 10, 10, 80, 60 }, { 200, 300, 50, 50 } };
  g_autoptr (JsonObject)   facts = make_all_facts ();
  g_autoptr (GPtrArray)    pictures = make_pictures (2);
  g_autoptr (GBytes)       plain = make_pdf ("image-rejection", facts, pictures);
  g_autoptr (GBytes)       marked = NULL;
  g_autofree char         *before = run (plain, NULL, command);
  g_autofree char         *after = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    vv_report_picture_add_mark (g_ptr_array_index (pictures, 0), &places[i]);
  marked = make_pdf ("image-rejection", facts, pictures);
  after = run (marked, NULL, command);
  ck_assert_ptr_null (strstr (before, "\n1\n2\n"));
  assert_has (after, "\n1\n2\n");
}
END_TEST

/* How many pixels of all pages are the colour of a mark. */
static guint
count_coloured (JsonObject *facts)
{
  g_autoptr (GPtrArray) pictures = make_pictures (2);
  g_autoptr (GError)    error = NULL;
  g_autoptr (VvReport)  report = NULL;
  guint                 n = 0;

  for (guint i = 0; i < 2; i++)
    vv_report_picture_set_eyes (g_ptr_array_index (pictures, i), (VvPoint){ 200 + 4 * (float) i, 210 + 50 * (float) i }, (VvPoint){ 264 + 15 * (float) i, 205 + 50 * (float) i });
  report = vv_report_new ("possible-match", facts, pictures, &error);
  vv_assert_ok (error);
  for (guint page = 0; page < vv_report_n_pages (report); page++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) VV_REPORT_PAGE_WIDTH, (int) VV_REPORT_PAGE_HEIGHT);
      cairo_t         *cr = cairo_create (surface);
      const guint8    *data;

      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      vv_report_draw_page (report, page, cr);
      cairo_surface_flush (surface);
      data = cairo_image_surface_get_data (surface);
      for (int i = 0; i < cairo_image_surface_get_stride (surface) * (int) VV_REPORT_PAGE_HEIGHT; i += 4)
        n += data[i] < 8 && data[i + 1] > 60 && data[i + 1] < 80 && data[i + 2] > 190 && data[i + 2] < 205;
      if (g_getenv ("VV_TEST_SHOTS") != NULL)
        {
          g_autofree char *path = g_strdup_printf ("%s/report-%u-%u.png", g_getenv ("VV_TEST_SHOTS"),
                                                   vv_json_length (vv_json_array (vv_json_object (facts, "findings"), "marked")), page);

          (void) cairo_surface_write_to_png (surface, path);
        }
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  return n;
}

/* Each finding is drawn on both faces and once more beside its text: without one of its marks there is less to see. */
START_TEST (draw_page__shows_every_finding)
{
  g_autoptr (JsonObject) facts = make_facts ();
  JsonArray             *marked = vv_json_array (vv_json_object (facts, "findings"), "marked");
  guint                  all = count_coloured (facts), fewer;

  ck_assert_uint_gt (all, 1000);
  json_object_remove_member (vv_json_element (marked, 1), "probe");
  fewer = count_coloured (facts);
  ck_assert_msg (fewer + 100 < all, "%u of %u", fewer, all);
  json_object_remove_member (vv_json_object (facts, "findings"), "marked");
  ck_assert_uint_eq (count_coloured (facts), 0);
}
END_TEST

START_TEST (new__refuses_a_finding_that_says_nothing)
{
  static const char *const members[] = { "title", "text" };
  g_autoptr (GPtrArray)    pictures = make_pictures (2);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (JsonObject) facts = make_facts ();
      g_autoptr (GError)     error = NULL;

      json_object_remove_member (vv_json_element (vv_json_array (vv_json_object (facts, "findings"), "marked"), 2), members[i]);
      ck_assert_ptr_null (vv_report_new ("possible-match", facts, pictures, &error));
      ck_assert_ptr_nonnull (error);
      assert_has (error->message, "marked, 3");
      vv_assert_error (error, VV_REPORT_ERROR, VV_REPORT_ERROR_INCOMPLETE);
    }
}
END_TEST

START_TEST (draw_page__draws)
{
  g_autoptr (JsonObject) facts = make_facts ();
  g_autoptr (GPtrArray)  pictures = make_pictures (2);
  g_autoptr (GError)     error = NULL;
  g_autoptr (VvReport)   report = vv_report_new ("possible-match", facts, pictures, &error);

  vv_assert_ok (error);
  for (guint page = 0; page < vv_report_n_pages (report); page++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) VV_REPORT_PAGE_WIDTH,
                                                             (int) VV_REPORT_PAGE_HEIGHT);
      cairo_t         *cr = cairo_create (surface);
      const guint8    *data;
      guint            dark = 0;

      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      vv_report_draw_page (report, page, cr);
      ck_assert_int_eq (cairo_status (cr), CAIRO_STATUS_SUCCESS);
      cairo_surface_flush (surface);
      data = cairo_image_surface_get_data (surface);
      for (int i = 0; i < cairo_image_surface_get_stride (surface) * (int) VV_REPORT_PAGE_HEIGHT; i += 4)
        dark += data[i] < 128;
      ck_assert_uint_gt (dark, 2000);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("report");
  TCase *tests = tcase_create ("report");

  tcase_set_timeout (tests, 60);
  tcase_add_loop_test (tests, to_pdf__is_tagged_and_sound, 0, G_N_ELEMENTS (forms));
  tcase_add_test (tests, to_pdf__embeds_every_font);
  tcase_add_test (tests, to_pdf__holds_the_originals);
  tcase_add_test (tests, to_pdf__leaves_a_turned_file_out);
  tcase_add_test (tests, to_pdf__survives_a_broken_file);
  tcase_add_test (tests, yearly__has_its_figures_and_is_sound);
  tcase_add_test (tests, yearly__refuses_what_lacks_a_figure);
  tcase_add_loop_test (tests, to_pdf__is_the_same_twice, 0, G_N_ELEMENTS (forms));
  tcase_add_loop_test (tests, text__has_what_must_be_on_it, 0, G_N_ELEMENTS (forms));
  tcase_add_loop_test (tests, text__never_says_more_than_a_lead, 0, G_N_ELEMENTS (forms));
  tcase_add_test (tests, text__flows_over_pages_and_loses_nothing);
  tcase_add_loop_test (tests, text__of_long_forms_loses_nothing, 2, G_N_ELEMENTS (forms));
  tcase_add_loop_test (tests, text__says_that_there_is_no_number_yet, 0, 2);
  tcase_add_loop_test (tests, text__says_that_the_case_was_opened_to_other_images, 0, 4);
  tcase_add_test (tests, pages__carry_number_and_band);
  tcase_add_test (tests, pages__keep_the_margins);
  tcase_add_test (tests, pages__leave_no_heading_alone);
  tcase_add_test (tests, text__takes_names_of_all_scripts);
  tcase_add_test (tests, text__is_cleaned_of_control_characters);
  tcase_add_test (tests, new__names_what_is_missing);
  tcase_add_test (tests, new__refuses_a_blank_notice);
  tcase_add_test (tests, new__refuses_without_pictures);
  tcase_add_test (tests, draw_page__shows_every_finding);
  tcase_add_test (tests, new__refuses_a_finding_that_says_nothing);
  tcase_add_test (tests, draw_page__draws);
  tcase_add_test (tests, draw_page__shows_the_marks);
  suite_add_tcase (suite, tests);
  return suite;
}

VV_TEST_MAIN (make_suite)
