// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "vv-blocks.h"
#include "vv-body.h"
#include "vv-case.h"
#include "vv-characteristics.h"
#include "vv-components.h"
#include "vv-finding.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-notice.h"
#include "vv-procedure-error.h"
#include "vv-roles.h"
#include "vv-rules.h"
#include "vv-test.h"
#include "vv-use.h"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject        *object = vv_json_parse (text, -1, "test", &error);

  vv_assert_ok (error);
  return object;
}

/* --- The six uses ------------------------------------------------------------------------------------------------------ */

static const char *const complete_uses[] = {
  "{\"code\":\"a\",\"basis\":\"seen\",\"tense\":\"is committing\",\"offence\":\"Robbery\"}",
  "{\"code\":\"b\",\"basis\":\"seen\",\"subject\":\"crime victim\"}",
  "{\"code\":\"c\",\"basis\":\"found\"}",
  "{\"code\":\"d\",\"basis\":\"found\",\"condition\":\"incapacitated\"}",
  "{\"code\":\"e\",\"basis\":\"arrest\",\"identification\":\"false\",\"arrest_number\":\"K1\"}",
  "{\"code\":\"f\",\"basis\":\"call\",\"threat\":\"bomb\",\"declared_by\":\"Chief\",\"declared_at\":\"2026-11-23\"}",
};

START_TEST (use__complete_ones_are_accepted)
{
  g_autoptr (JsonObject) use = parse (complete_uses[_i]);
  g_autoptr (GError)     error = NULL;
  g_autofree char       *text = NULL;

  ck_assert (vv_use_check (use, &error));
  vv_assert_ok (error);
  text = vv_use_for_people (use);
  ck_assert (strlen (text) > 20);
}
END_TEST

START_TEST (use__without_any_one_member_is_refused)
{
  g_autoptr (JsonObject) use = parse (complete_uses[_i]);
  g_autoptr (GList)      members = json_object_get_members (use);

  for (GList *member = members; member != NULL; member = member->next)
    {
      g_autoptr (JsonObject) lacking = vv_json_copy (use);
      g_autoptr (GError)     error = NULL;

      json_object_remove_member (lacking, member->data);
      ck_assert_msg (!vv_use_check (lacking, &error), "accepted without %s", (char *) member->data);
      vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
    }
}
END_TEST

/* What is confirmed is what was stated; victims, witnesses and the missing are no suspects. */
START_TEST (use__is_confirmed_as_stated)
{
  g_autoptr (GPtrArray)  records = g_ptr_array_new_with_free_func ((GDestroyNotify) vv_record_unref);
  g_autoptr (JsonObject) first = parse ("{\"use\":{\"code\":\"b\"}}");
  g_autoptr (JsonObject) other = parse ("{\"decision\":\"confirmed\",\"code\":\"a\",\"reason\":\"r\"}");
  g_autoptr (JsonObject) same = parse ("{\"decision\":\"confirmed\",\"code\":\"b\",\"reason\":\"r\"}");
  g_autoptr (JsonObject) none = parse ("{\"decision\":\"confirmed\",\"code\":\"g\",\"reason\":\"r\"}");
  g_autoptr (JsonObject) declined = parse ("{\"decision\":\"declined\",\"code\":\"a\",\"reason\":\"r\"}");
  g_autoptr (VvCase)     kase = NULL;
  g_autoptr (GError)     error = NULL;

  g_ptr_array_add (records, vv_record_new (1, 1, 0, VV_KIND_REQUEST, "examiner", "2026-11-23T14:05:01.23Z", first));
  kase = vv_case_new (records, 1);
  ck_assert (!vv_case_check (kase, VV_ACT_CONFIRM_USE, other, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
  ck_assert (vv_case_check (kase, VV_ACT_CONFIRM_USE, same, NULL));
  ck_assert (vv_case_check (kase, VV_ACT_CONFIRM_USE, declined, NULL));
  ck_assert (!vv_body_check (VV_KIND_USE_CONFIRMATION, none, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
}
END_TEST

/* the picture of a dead person is found less well, and whoever searches is told. */
START_TEST (use__c_warns_and_may_name_the_morgue)
{
  for (gsize i = 0; i < VV_USE_COUNT; i++)
    ck_assert_int_eq (vv_use_all ()[i].caution != NULL, strcmp (vv_use_all ()[i].code, "c") == 0);
  ck_assert_ptr_nonnull (strstr (vv_use_find ("c")->caution, "after death"));
  ck_assert_str_eq (vv_use_find ("c")->may, "morgue_reference");
}
END_TEST

START_TEST (use__b_is_of_no_suspect)
{
  static const char *const roles[] = { "suspect", "victim", "witness" };

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autofree char       *text = g_strdup_printf ("{\"channel\":\"ecms\",\"case_number\":\"1\",\"requester\":{\"name\":\"Lee\",\"command\":\"77\"},\"subject_role\":\"%s\",\"summary\":\"s\","
                                                           "\"identity_unknown\":true,\"use\":{\"code\":\"b\",\"basis\":\"seen\",\"subject\":\"witness\"}}",
                                                     roles[i]);
      g_autoptr (JsonObject) body = parse (text);

      ck_assert_int_eq (vv_body_check (VV_KIND_REQUEST, body, NULL), i > 0);
    }
}
END_TEST

START_TEST (use__list_is_closed)
{
  g_autoptr (JsonObject) other = parse ("{\"code\":\"g\",\"basis\":\"curiosity\"}");
  g_autoptr (JsonObject) wrong = parse ("{\"code\":\"a\",\"basis\":\"x\",\"tense\":\"might commit\",\"offence\":\"y\"}");
  g_autoptr (JsonObject) blank = parse ("{\"code\":\"c\",\"basis\":\"  \"}");

  ck_assert (!vv_use_check (other, NULL));
  ck_assert (!vv_use_check (wrong, NULL));
  ck_assert (!vv_use_check (blank, NULL));
}
END_TEST

/* --- Comparison ------------------------------------------------------------------------------------------------------------ */

static JsonObject *
complete_comparison (void)
{
  JsonObject *blocks = json_object_new ();
  JsonArray  *similar = json_array_new ();
  JsonArray  *different = json_array_new ();

  for (const VvBlock *block = vv_block_all (); block->name != NULL; block++)
    json_object_set_object_member (blocks, block->name, vv_json_new ("answer", "s", "not-visible", NULL));
  json_array_add_string_element (similar, "nose");
  json_array_add_string_element (different, "hair");
  return vv_json_new ("candidate", "s", "A", "blocks", "o", blocks, "similarities", "a", similar, "differences", "a", different,
                      "conclusion", "s", "cannot-say", NULL);
}

static JsonObject *
whole_analysis (void)
{
  JsonObject *components = json_object_new ();

  for (const VvComponent *component = vv_component_all (); component->name != NULL; component++)
    if (!component->optional)
      json_object_set_object_member (components, component->name, vv_json_new ("visibility", "s", "partly", NULL));
  return vv_json_new ("components", "o", components, "summary", "s", "The lower half is covered.", NULL);
}

START_TEST (analysis__marks_every_component_and_sums_up)
{
  g_autoptr (JsonObject) analysis = whole_analysis ();
  JsonObject            *components = vv_json_object (analysis, "components");
  g_autoptr (GError)     error = NULL;
  guint                  n = 0;

  ck_assert (vv_probe_analysis_check (analysis, &error));
  vv_assert_ok (error);
  for (const VvComponent *component = vv_component_all (); component->name != NULL; component++, n++)
    {
      JsonObject *mark = vv_json_object (components, component->name);

      if (component->optional)
        continue;
      json_object_set_string_member (mark, "visibility", "somewhat");
      ck_assert_msg (!vv_probe_analysis_check (analysis, NULL), "accepted a wrong mark of %s", component->name);
      json_object_remove_member (mark, "visibility");
      ck_assert (!vv_probe_analysis_check (analysis, &error));
      ck_assert_ptr_nonnull (strstr (error->message, component->title));
      g_clear_error (&error);
      json_object_set_string_member (mark, "visibility", "not");
    }
  ck_assert_uint_eq (n, 19);
  ck_assert (vv_probe_analysis_check (analysis, NULL));
  json_object_set_object_member (components, "third-eye", vv_json_new ("visibility", "s", "clear", NULL));
  ck_assert (!vv_probe_analysis_check (analysis, NULL));
  json_object_remove_member (components, "third-eye");
  json_object_set_string_member (analysis, "summary", " \n");
  ck_assert (!vv_probe_analysis_check (analysis, NULL));
}
END_TEST

START_TEST (comparison__complete_one_is_accepted)
{
  g_autoptr (JsonObject) comparison = complete_comparison ();
  g_autoptr (GError)     error = NULL;

  ck_assert (vv_comparison_check (comparison, &error));
  vv_assert_ok (error);
}
END_TEST

START_TEST (comparison__needs_every_part)
{
  static const char *const parts[] = { "blocks", "similarities", "differences", "conclusion" };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (JsonObject) comparison = complete_comparison ();
      g_autoptr (GError)     error = NULL;

      json_object_remove_member (comparison, parts[i]);
      ck_assert (!vv_comparison_check (comparison, &error));
      vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
    }
  for (const VvBlock *block = vv_block_all (); block->name != NULL; block++)
    {
      g_autoptr (JsonObject) comparison = complete_comparison ();

      json_object_remove_member (vv_json_object (comparison, "blocks"), block->name);
      ck_assert_msg (!vv_comparison_check (comparison, NULL), "accepted without %s", block->name);
    }
}
END_TEST

/* --- Characteristics ----------------------------------------------------------------------------------------------------- */

/* Every name is there once, in a component and a block that exist. */
START_TEST (characteristics__list_is_whole)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) components = g_hash_table_new (g_str_hash, g_str_equal);

  for (const VvCharacteristic *one = vv_characteristic_all (); one->name != NULL; one++)
    {
      gboolean block = FALSE;

      ck_assert_msg (g_hash_table_add (names, (gpointer) one->name), "%s is there twice", one->name);
      ck_assert_msg (vv_characteristic_component (one) != NULL, "%s is in no component", one->name);
      g_hash_table_add (components, (gpointer) vv_characteristic_component (one)->name);
      for (const VvBlock *each = vv_block_all (); each->name != NULL; each++)
        block |= g_str_equal (each->name, one->block);
      ck_assert_msg (block, "%s is in no part of the procedure", one->name);
      ck_assert_msg (g_strv_contains (vv_stability_all (), one->usual), "%s", one->name);
      ck_assert_ptr_eq (vv_characteristic_find (one->name), one);
    }
  ck_assert_uint_eq (g_hash_table_size (components), 19);
}
END_TEST

static const struct
{
  const char *said; /* of the characteristic "nose.tip" */
  const char *nose; /* answer of the block */
  gboolean    holds;
} sayings[] = {
  { "{}", "similar", TRUE },
  { "{\"note\":\"round\"}", "not-visible", TRUE },
  { "{\"answer\":\"similar\",\"probe\":\"clear\",\"candidate\":\"partly\",\"stability\":\"stable\"}", "similar", TRUE },
  { "{\"answer\":\"different\",\"explanation\":\"pose\"}", "similar", TRUE },
  { "{\"answer\":\"different\",\"explanation\":\"unexplained\"}", "different", TRUE },
  { "{\"answer\":\"not-comparable\",\"probe\":\"not\"}", "not-visible", TRUE },
  { "{\"answer\":\"different\"}", "different", FALSE },
  { "{\"answer\":\"different\",\"explanation\":\"mood\"}", "different", FALSE },
  { "{\"answer\":\"similar\",\"explanation\":\"pose\"}", "similar", FALSE },
  { "{\"explanation\":\"unexplained\"}", "similar", FALSE },
  { "{\"answer\":\"identical\"}", "similar", FALSE },
  { "{\"answer\":1}", "similar", FALSE },
  { "{\"answer\":\"similar\",\"probe\":\"dim\"}", "similar", FALSE },
  { "{\"answer\":\"similar\",\"stability\":\"forever\"}", "similar", FALSE },
  { "{\"answer\":\"similar\",\"probe\":\"not\"}", "similar", FALSE },
  { "{\"answer\":\"different\",\"explanation\":\"light\",\"candidate\":\"not\"}", "different", FALSE },
  { "{\"answer\":\"similar\"}", "not-visible", FALSE },
  { "[]", "similar", FALSE },
};

START_TEST (characteristics__must_hold_together)
{
  g_autoptr (JsonObject) comparison = complete_comparison ();
  g_autofree char       *text = g_strdup_printf ("{\"nose.tip\":%s}", sayings[_i].said);
  g_autoptr (GError)     error = NULL;

  json_object_set_object_member (comparison, "characteristics", vv_json_parse (text, -1, "test", &error));
  vv_assert_ok (error);
  json_object_set_string_member (vv_json_object (vv_json_object (comparison, "blocks"), "nose"), "answer", sayings[_i].nose);
  ck_assert_msg (vv_comparison_check (comparison, &error) == sayings[_i].holds, "%s: %s", text,
                 error != NULL ? error->message : "accepted");
  if (!sayings[_i].holds)
    ck_assert_ptr_nonnull (strstr (error->message, "ip")); /* “Tip of the nose” or “nose.tip” */
}
END_TEST

START_TEST (characteristics__unexplained_and_what_a_block_amounts_to)
{
  g_autoptr (JsonObject) comparison = complete_comparison ();
  g_autoptr (GPtrArray)  none = vv_characteristics_unexplained (comparison);
  g_autoptr (GPtrArray)  two = NULL;
  JsonObject            *said = json_object_new ();

  ck_assert_uint_eq (none->len, 0);
  ck_assert_ptr_null (vv_characteristics_answer_of_block (comparison, "nose"));
  json_object_set_object_member (comparison, "characteristics", said);
  json_object_set_object_member (said, "nose.root", vv_json_new ("answer", "s", "not-comparable", NULL));
  ck_assert_str_eq (vv_characteristics_answer_of_block (comparison, "nose"), "not-visible");
  json_object_set_object_member (said, "nose.tip", vv_json_new ("answer", "s", "similar", NULL));
  json_object_set_object_member (said, "nose.base", vv_json_new ("answer", "s", "cannot-tell", NULL));
  ck_assert_str_eq (vv_characteristics_answer_of_block (comparison, "nose"), "similar");
  json_object_set_object_member (said, "nose.wings", vv_json_new ("answer", "s", "different", "explanation", "s", "unexplained", NULL));
  json_object_set_object_member (said, "eyes.gap", vv_json_new ("answer", "s", "different", "explanation", "s", "unexplained", NULL));
  json_object_set_object_member (said, "ears.left-lobe", vv_json_new ("answer", "s", "different", "explanation", "s", "age", NULL));
  ck_assert_str_eq (vv_characteristics_answer_of_block (comparison, "nose"), "different");
  ck_assert_ptr_null (vv_characteristics_answer_of_block (comparison, "mouth"));
  two = vv_characteristics_unexplained (comparison);
  ck_assert_uint_eq (two->len, 2);
  ck_assert_str_eq (g_ptr_array_index (two, 0), "eyes.gap");
  ck_assert_str_eq (g_ptr_array_index (two, 1), "nose.wings");
  json_object_set_object_member (said, "third.eye", json_object_new ());
  ck_assert (!vv_characteristics_check (comparison, NULL));
  json_object_set_string_member (comparison, "characteristics", "all similar");
  ck_assert (!vv_characteristics_check (comparison, NULL));
}
END_TEST

#define POINT  "{\"mark\":\"point\",\"points\":[[3,4]]}"
#define NOSE   "\"component\":\"nose\",\"text\":\"A notch\""
#define PAIRED "\"probe\":" POINT ",\"candidate\":" POINT

static const struct
{
  const char *finding;
  const char *says; /* of what is refused */
} findings[] = {
  { "{" NOSE "," PAIRED "}", NULL },
  { "{" NOSE "," PAIRED ",\"answer\":\"similar\",\"characteristic\":\"nose.tip\"}", NULL },
  { "{" NOSE ",\"probe\":" POINT ",\"unseen\":\"candidate\"}", NULL },
  { "{" NOSE ",\"candidate\":" POINT ",\"unseen\":\"probe\",\"answer\":\"different\"}", NULL },
  { "{" NOSE "}", "no mark." },
  { "{" NOSE ",\"unseen\":\"probe\"}", "no mark" },
  { "{" NOSE ",\"probe\":" POINT "}", "no mark on the candidate" },
  { "{" NOSE ",\"candidate\":" POINT "}", "no mark on the probe" },
  { "{" NOSE ",\"probe\":" POINT ",\"unseen\":\"left\"}", "names a picture" },
  { "{" NOSE "," PAIRED ",\"unseen\":\"candidate\"}", "said not to show it" },
  { "{" NOSE ",\"probe\":" POINT ",\"unseen\":\"candidate\",\"answer\":\"similar\"}", "not similar" },
  { "{" NOSE ",\"probe\":{},\"candidate\":" POINT "}", "cannot be read" },
  { "{" NOSE ",\"probe\":3,\"candidate\":" POINT "}", "cannot be read" },
  { "{" PAIRED ",\"text\":\"A notch\"}", "which component" },
  { "{" PAIRED ",\"text\":\"A notch\",\"component\":\"third-eye\"}", "which component" },
  { "{" NOSE "," PAIRED ",\"characteristic\":\"mouth.teeth\"}", "none of its component" },
  { "{" NOSE "," PAIRED ",\"characteristic\":\"nose.glow\"}", "none of its component" },
  { "{" NOSE "," PAIRED ",\"answer\":\"identical\"}", "does not know" },
  { "{" PAIRED ",\"component\":\"nose\"}", "says nothing" },
  { "{" PAIRED ",\"component\":\"nose\",\"text\":\" \"}", "says nothing" },
  { "[]", "no mark" },
};

/* The second of two, so that its number is told. */
START_TEST (findings__are_whole_pairs)
{
  g_autoptr (JsonObject) comparison = complete_comparison ();
  g_autofree char       *text = g_strdup_printf ("{\"findings\":[{" NOSE "," PAIRED "},%s]}", findings[_i].finding);
  g_autoptr (JsonObject) holder = vv_json_parse (text, -1, "test", NULL);
  g_autoptr (GError)     error = NULL;

  json_object_set_array_member (comparison, "findings", json_array_ref (vv_json_array (holder, "findings")));
  ck_assert_msg (vv_comparison_check (comparison, &error) == (findings[_i].says == NULL), "%s: %s", text,
                 error != NULL ? error->message : "accepted");
  if (findings[_i].says == NULL)
    return;
  ck_assert_msg (strstr (error->message, findings[_i].says) != NULL && strstr (error->message, "Finding 2 ") != NULL, "%s", error->message);
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
}
END_TEST

START_TEST (findings__lie_in_their_pictures)
{
  g_autoptr (JsonObject) comparison = vv_json_parse ("{\"findings\":[{" NOSE "," PAIRED "},{" NOSE ",\"probe\":{\"mark\":\"line\",\"points\":[[0,7],[90,40]]},"
                                                     "\"candidate\":{\"mark\":\"point\",\"points\":[[-1,5]]}}]}",
                                                     -1, "test", NULL);
  g_autoptr (GError)     error = NULL;

  ck_assert (vv_findings_lie_in (comparison, "probe", 90, 40, NULL));
  ck_assert (vv_findings_lie_in (comparison, "probe", 0, 0, NULL));
  ck_assert (!vv_findings_lie_in (comparison, "probe", 89, 40, NULL));
  ck_assert (!vv_findings_lie_in (comparison, "probe", 90, 39, NULL));
  ck_assert (!vv_findings_lie_in (comparison, "candidate", 0, 0, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "Finding 2 "));
}
END_TEST

START_TEST (findings__are_a_list_that_ends)
{
  g_autoptr (JsonObject) comparison = complete_comparison ();
  g_autoptr (JsonObject) finding = vv_json_parse ("{" NOSE "," PAIRED "}", -1, "test", NULL);
  JsonArray             *many = json_array_new ();

  for (int i = 0; i < VV_FINDINGS_MAX; i++)
    json_array_add_object_element (many, json_object_ref (finding));
  json_object_set_array_member (comparison, "findings", many);
  ck_assert (vv_comparison_check (comparison, NULL));
  json_array_add_object_element (many, json_object_ref (finding));
  ck_assert (!vv_comparison_check (comparison, NULL));
  json_object_set_string_member (comparison, "findings", "the nose");
  ck_assert (!vv_comparison_check (comparison, NULL));
}
END_TEST

START_TEST (comparison__names_all_of_the_procedures_characteristics)
{
  static const char *const named[] = { "eyes", "ears", "nose", "chin", "mouth", "hair", "structure", "scars", "marks",
                                       "blemishes", "tattoos", "complexion", "gender", "age" };
  gsize                    n = 0;

  for (const VvBlock *block = vv_block_all (); block->name != NULL; block++)
    ck_assert_str_eq (block->name, named[n++]);
  ck_assert_uint_eq (n, G_N_ELEMENTS (named));
  for (n = 0; vv_conclusion_all ()[n].code != NULL; n++)
    ck_assert_ptr_null (strpbrk (vv_conclusion_all ()[n].title, "0123456789%"));
  ck_assert_uint_eq (n, 7);
}
END_TEST

/* --- Bodies -------------------------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *kind;
  const char *complete;
  const char *lacking; /* a whole body that must be refused */
} bodies[] = {
  { VV_KIND_REQUEST,
    "{\"channel\":\"phone\",\"case_number\":\"1\",\"requester\":{\"name\":\"n\",\"command\":\"c\"},\"subject_role\":\"victim\",\"summary\":\"s\",\"identity_unknown\":true,\"use\":{\"code\":\"c\",\"basis\":\"b\"}}",
    "{\"channel\":\"phone\",\"requester\":{\"name\":\"n\",\"command\":\"c\"},\"subject_role\":\"victim\",\"summary\":\"s\",\"identity_unknown\":true,\"use\":{\"code\":\"c\",\"basis\":\"b\"}}" },
  { VV_KIND_REQUEST,
    "{\"channel\":\"ecms\",\"complaint_number\":\"1\",\"requester\":{\"name\":\"n\",\"command\":\"c\"},\"subject_role\":\"suspect\",\"summary\":\"s\",\"identity_unknown\":true,\"use\":{\"code\":\"c\",\"basis\":\"b\"}}",
    "{\"channel\":\"ecms\",\"complaint_number\":\"1\",\"requester\":{\"name\":\"n\",\"command\":\"c\"},\"subject_role\":\"suspect\",\"summary\":\"s\",\"identity_unknown\":false,\"use\":{\"code\":\"c\",\"basis\":\"b\"}}" },
  { VV_KIND_MEDIA,
    "{\"sha256\":\"x\",\"name\":\"n\",\"shows\":\"photograph\",\"source\":\"internet\",\"source_detail\":\"d\",\"obtained_by\":\"b\",\"obtained_at\":\"a\",\"site_link\":\"https://x\",\"captured_at\":\"2026-11-20\"}",
    "{\"sha256\":\"x\",\"name\":\"n\",\"shows\":\"photograph\",\"source\":\"internet\",\"source_detail\":\"d\",\"obtained_by\":\"b\",\"obtained_at\":\"a\",\"captured_at\":\"2026-11-20\"}" },
  { VV_KIND_MEDIA,
    "{\"sha256\":\"x\",\"name\":\"n\",\"shows\":\"photograph\",\"source\":\"internet\",\"source_detail\":\"d\",\"obtained_by\":\"b\",\"obtained_at\":\"a\",\"site_link\":\"https://x\",\"captured_at\":\"2026-02-28\"}",
    "{\"sha256\":\"x\",\"name\":\"n\",\"shows\":\"photograph\",\"source\":\"internet\",\"source_detail\":\"d\",\"obtained_by\":\"b\",\"obtained_at\":\"a\",\"site_link\":\"https://x\",\"captured_at\":\"2026-02-30\"}" },
  { VV_KIND_MEDIA, "{\"sha256\":\"x\",\"name\":\"n\",\"shows\":\"photograph\",\"source\":\"victim\",\"source_detail\":\"d\",\"obtained_by\":\"b\",\"obtained_at\":\"a\"}",
    "{\"sha256\":\"x\",\"name\":\"n\",\"shows\":\"photograph\",\"source\":\"sketch\",\"source_detail\":\"d\",\"obtained_by\":\"b\",\"obtained_at\":\"a\"}" },
  { VV_KIND_USE_CONFIRMATION, "{\"decision\":\"declined\",\"code\":\"a\",\"reason\":\"r\"}", "{\"decision\":\"declined\",\"code\":\"a\",\"reason\":\" \"}" },
  { VV_KIND_DISPOSITION, "{\"candidates\":[\"A\"],\"disposition\":\"looked\",\"reason\":\"r\"}", "{\"candidates\":[],\"disposition\":\"looked\",\"reason\":\"r\"}" },
  { VV_KIND_DISPOSITION, "{\"candidates\":[\"A\"],\"disposition\":\"excluded\",\"component\":\"ears\",\"reason\":\"r\"}", "{\"candidates\":[\"A\"],\"disposition\":\"excluded\",\"reason\":\"r\"}" },
  { VV_KIND_BACKGROUND, "{\"candidate\":\"A\",\"sources\":[{\"source\":\"s\",\"finding\":\"f\"}],\"fit\":\"f\",\"reliability\":\"reliable\",\"reasons\":\"r\"}",
    "{\"candidate\":\"A\",\"sources\":[],\"fit\":\"f\",\"reliability\":\"reliable\",\"reasons\":\"r\"}" },
  { VV_KIND_DIRECTION, "{\"report\":\"no-match\",\"recipient\":\"r\"}", "{\"report\":\"no-match\"}" },
  { VV_KIND_REPORT, "{\"form\":\"no-match\",\"document\":\"d\",\"recipient\":\"r\"}", "{\"form\":\"no-match\",\"document\":\"d\"}" },
  { VV_KIND_NONE, "{\"statement\":\"s\"}", "{}" },
  { VV_KIND_SIGN_OFF, "{\"decision\":\"not-agreed\",\"reasons\":\"r\"}", "{\"decision\":\"approved\",\"reasons\":\"r\",\"candidate\":\"A\"}" },
};

START_TEST (body__complete_accepted_lacking_refused)
{
  g_autoptr (JsonObject) complete = parse (bodies[_i].complete);
  g_autoptr (JsonObject) lacking = parse (bodies[_i].lacking);
  g_autoptr (GError)     error = NULL;

  ck_assert (vv_body_check (bodies[_i].kind, complete, &error));
  vv_assert_ok (error);
  ck_assert (!vv_body_check (bodies[_i].kind, lacking, &error));
  vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD);
}
END_TEST

/* --- Fixed texts, roles, rules file ----------------------------------------------------------------------------------------------- */

/* Whoever changes the notice changes this sum too, on purpose and with a new VV_NOTICE_VERSION. */
#define NOTICE_SHA256 "d54edcdf930cb4d7acbf6d6dcad5e2e1980b8143e49fa1562820dce0b53fbccc"

START_TEST (notice__text_is_fixed)
{
  g_autofree char *all = g_strjoinv ("\n", (char **) vv_notice_report ());
  g_autofree char *hash = vv_hash_data (all, strlen (all));

  ck_assert_str_eq (hash, NOTICE_SHA256);
  ck_assert_int_eq (VV_NOTICE_VERSION, 1);
  ck_assert_ptr_nonnull (strstr (all, "does not constitute probable cause to effect an arrest, or obtain an arrest or search warrant"));
  ck_assert_ptr_nonnull (strstr (all, "Further investigation is needed to establish probable cause"));
}
END_TEST

START_TEST (roles__closed_list)
{
  g_autoptr (JsonObject) holder = parse ("{\"good\":[\"examiner\",\"supervisor\"],\"bad\":[\"examiner\",\"king\"],\"none\":[]}");
  VvRoles                roles = VV_ROLE_NONE;

  ck_assert (vv_roles_from_json (vv_json_array (holder, "good"), &roles, NULL));
  ck_assert_int_eq (roles, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR);
  ck_assert (!vv_roles_from_json (vv_json_array (holder, "bad"), &roles, NULL));
  ck_assert (!vv_roles_from_json (vv_json_array (holder, "none"), &roles, NULL));
}
END_TEST

START_TEST (rules__shipped_file_is_whole)
{
  g_autofree char    *path = vv_test_source ("data/rules/212-129.json");
  g_autofree char    *text = NULL;
  g_autoptr (GError)  error = NULL;
  g_autoptr (VvRules) rules = NULL;

  (void) g_file_get_contents (path, &text, NULL, &error);
  vv_assert_ok (error);
  rules = vv_rules_parse (text, &error);
  vv_assert_ok (error);
  ck_assert_str_eq (vv_json_string (vv_rules_policy (rules), "procedure"), "212-129");
  ck_assert (vv_hash_is_valid (vv_json_string (vv_rules_policy (rules), "rules_hash")));
  ck_assert (vv_rules_allows_origin (rules, "arrest-photo-system"));
  ck_assert (!vv_rules_allows_origin (rules, "social-media"));
}
END_TEST

#define RULES_WITH(quality)                                                                                    \
  "{\"policy\":{\"procedure\":\"p\",\"title\":\"t\",\"issued\":\"i\",\"effective\":\"e\"},\"pool_length\":10," \
  "\"peers\":1,\"origins\":[\"x\"]" quality "}"
#define QUALITY(good, usable) RULES_WITH (",\"quality\":{\"m\":{\"good\":" good ",\"usable\":" usable "}}")

START_TEST (rules__quality_limits_are_the_agencys)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (VvRules) rules = vv_rules_parse (QUALITY ("[50,null]", "[40,null]"), &error);
  JsonObject         *limits;

  vv_assert_ok (error);
  limits = vv_json_object (vv_rules_quality (rules), "m");
  ck_assert_int_eq (json_array_get_int_element (vv_json_array (limits, "good"), 0), 50);
}
END_TEST

START_TEST (rules__quality_limits_must_be_ranges)
{
  static const char *const wrong[] = {
    RULES_WITH (""),
    RULES_WITH (",\"quality\":{}"),
    RULES_WITH (",\"quality\":{\"m\":5}"),
    RULES_WITH (",\"quality\":{\"m\":{\"good\":[1,2]}}"),
    QUALITY ("[1]", "[0,3]"),
    QUALITY ("[2,1]", "[0,3]"),
    QUALITY ("[\"1\",2]", "[0,3]"),
    QUALITY ("[1,4]", "[0,3]"),
    QUALITY ("[null,2]", "[0,3]"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      ck_assert_msg (vv_rules_parse (wrong[i], &error) == NULL, "accepted: %s", wrong[i]);
      vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_POLICY);
    }
}
END_TEST

START_TEST (rules__without_a_policy_nothing_runs)
{
  static const char *const wrong[] = {
    "",
    "{}",
    "[]",
    "{\"policy\":{\"procedure\":\"212-129\"},\"pool_length\":10,\"peers\":1,\"origins\":[\"x\"]}",
    "{\"policy\":{\"procedure\":\"p\",\"title\":\"t\",\"issued\":\"i\",\"effective\":\"e\"},\"pool_length\":5000,\"peers\":1,\"origins\":[\"x\"]}",
    "{\"policy\":{\"procedure\":\"p\",\"title\":\"t\",\"issued\":\"i\",\"effective\":\"e\"},\"pool_length\":10,\"peers\":0,\"origins\":[\"x\"]}",
    "{\"policy\":{\"procedure\":\"p\",\"title\":\"t\",\"issued\":\"i\",\"effective\":\"e\"},\"pool_length\":10,\"peers\":1,\"origins\":[]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      ck_assert_ptr_null (vv_rules_parse (wrong[i], &error));
      vv_assert_error (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_POLICY);
    }
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("procedure-rules");
  TCase *tests = tcase_create ("rules");

  tcase_add_loop_test (tests, use__complete_ones_are_accepted, 0, (int) G_N_ELEMENTS (complete_uses));
  tcase_add_loop_test (tests, use__without_any_one_member_is_refused, 0, (int) G_N_ELEMENTS (complete_uses));
  tcase_add_test (tests, use__is_confirmed_as_stated);
  tcase_add_test (tests, use__c_warns_and_may_name_the_morgue);
  tcase_add_test (tests, use__b_is_of_no_suspect);
  tcase_add_test (tests, use__list_is_closed);
  tcase_add_test (tests, analysis__marks_every_component_and_sums_up);
  tcase_add_test (tests, comparison__complete_one_is_accepted);
  tcase_add_test (tests, comparison__needs_every_part);
  tcase_add_test (tests, characteristics__list_is_whole);
  tcase_add_loop_test (tests, characteristics__must_hold_together, 0, (int) G_N_ELEMENTS (sayings));
  tcase_add_test (tests, characteristics__unexplained_and_what_a_block_amounts_to);
  tcase_add_loop_test (tests, findings__are_whole_pairs, 0, (int) G_N_ELEMENTS (findings));
  tcase_add_test (tests, findings__lie_in_their_pictures);
  tcase_add_test (tests, findings__are_a_list_that_ends);
  tcase_add_test (tests, comparison__names_all_of_the_procedures_characteristics);
  tcase_add_loop_test (tests, body__complete_accepted_lacking_refused, 0, (int) G_N_ELEMENTS (bodies));
  tcase_add_test (tests, notice__text_is_fixed);
  tcase_add_test (tests, roles__closed_list);
  tcase_add_test (tests, rules__shipped_file_is_whole);
  tcase_add_test (tests, rules__quality_limits_are_the_agencys);
  tcase_add_test (tests, rules__quality_limits_must_be_ranges);
  tcase_add_test (tests, rules__without_a_policy_nothing_runs);
  suite_add_tcase (suite, tests);
  return suite;
}

VV_TEST_MAIN (make_suite)
