// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
#include <string.h>

#include "vv-accounts-page.h"
#include "vv-act-words.h"
#include "vv-audit-page.h"
#include "vv-case.h"
#include "vv-ecms-page.h"
#include "vv-json.h"
#include "vv-lock-page.h"
#include "vv-oversight-page.h"
#include "vv-page.h"
#include "vv-person-page.h"
#include "vv-photograph-browser.h"
#include "vv-repository-page.h"
#include "vv-session.h"
#include "vv-sign-in-page.h"
#include "vv-test.h"

/* The pages of a signed-in person that are of no request: every act is a real one of a training desk. */

static GtkWidget *page, *window;

static void
open (GtkWidget *made)
{
  page = made;
  window = vv_page_open_window (made);
}

static void
close_page (void)
{
  vv_page_close_window (window);
}

static void
press (const char *label)
{
  GtkWidget *button = vv_page_find (page, GTK_TYPE_BUTTON, label, 0);

  ck_assert_msg (gtk_widget_is_sensitive (button), "%s cannot be pressed", label);
  g_signal_emit_by_name (button, "clicked");
}

static void
fill (GType type, guint which, const char *text)
{
  gtk_editable_set_text (vv_page_find (page, type, NULL, which), text);
}

/* Answers the question that is open over the page. */
static void
agree (void)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *each = all; each != NULL; each = each->next)
    if (ADW_IS_MESSAGE_DIALOG (each->data))
      {
        adw_message_dialog_response (each->data, "agreed");
        gtk_window_destroy (each->data);
        vv_page_run_for (100);
        return;
      }
  ck_abort_msg ("no question is open");
}

static gboolean
signs_in (const char *account, const char *passphrase, const char *code, int *ret_error)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (VvSecret) secret = vv_secret_from_text (passphrase);
  gboolean             done;

  vv_desk_sign_out (vv_page_desk ());
  done = vv_desk_sign_in_with_code (vv_page_desk (), account, secret, code, &error);
  if (ret_error != NULL)
    *ret_error = error != NULL ? error->code : 0;
  return done;
}

/* --- Accounts --------------------------------------------------------------------------------------------------------- */

/* Row of the list in front of whoever looks at it. */
static void
choose_account (const char *account)
{
  GtkColumnView         *list = vv_page_find (page, GTK_TYPE_COLUMN_VIEW, NULL, 0);
  g_autoptr (JsonObject) all = vv_page_act (vv_desk_list_accounts, 0, NULL);
  JsonArray             *accounts = vv_json_array (all, "accounts");

  for (guint i = 0; i < vv_json_length (accounts); i++)
    if (g_str_equal (vv_json_string (vv_json_element (accounts, i), "account"), account))
      {
        g_signal_emit_by_name (list, "activate", i);
        return;
      }
  ck_abort_msg ("no account %s", account);
}

static char *
facts_of (const char *account, const char *member)
{
  g_autoptr (JsonObject) all = vv_page_act (vv_desk_list_accounts, 0, NULL);
  JsonArray             *accounts = vv_json_array (all, "accounts");

  for (guint i = 0; i < vv_json_length (accounts); i++)
    if (g_str_equal (vv_json_string (vv_json_element (accounts, i), "account"), account))
      return g_strdup (vv_json_string (vv_json_element (accounts, i), member));
  return NULL;
}

static void
type_passphrase (const char *text)
{
  fill (GTK_TYPE_PASSWORD_ENTRY, 0, text);
  fill (GTK_TYPE_PASSWORD_ENTRY, 1, text);
}

START_TEST (accounts_page__adds_with_the_rules_told)
{
  g_autofree char *state = NULL;

  vv_page_sign_in ("admin", "training administrator");
  open (vv_accounts_page_new (vv_page_desk ()));
  vv_page_wait_text (page, "Training supervisor");
  vv_page_wait_text (page, "At least 8 characters");
  ck_assert (!gtk_widget_is_sensitive (vv_page_find (page, GTK_TYPE_BUTTON, "Add the account", 0)));
  fill (GTK_TYPE_ENTRY, 0, "auditor");
  fill (GTK_TYPE_ENTRY, 1, "The Auditor");
  gtk_check_button_set_active (vv_page_find (page, GTK_TYPE_CHECK_BUTTON, "Auditor", 0), TRUE);
  type_passphrase ("short");
  press ("Add the account");
  vv_page_wait_text (page, "A pass phrase has at least 8 characters");
  vv_page_keep_shot ("accounts-refused");
  fill (GTK_TYPE_PASSWORD_ENTRY, 0, "a quiet green lake");
  fill (GTK_TYPE_PASSWORD_ENTRY, 1, "a quiet green sea");
  press ("Add the account");
  vv_page_wait_text (page, "The two pass phrases differ");
  type_passphrase ("a quiet green lake");
  press ("Add the account");
  vv_page_wait_text (page, "5 accounts");
  vv_page_wait_text (page, "Active; last sign-in: Never.");
  vv_page_keep_shot ("accounts");
  state = facts_of ("auditor", "state");
  ck_assert_str_eq (state, "active");
  close_page ();
  ck_assert (signs_in ("auditor", "a quiet green lake", NULL, NULL));
}
END_TEST

START_TEST (accounts_page__disables_enables_and_changes_roles)
{
  g_autofree char *state = NULL;

  vv_page_sign_in ("admin", "training administrator");
  open (vv_accounts_page_new (vv_page_desk ()));
  vv_page_wait_text (page, "Training peer reviewer");
  choose_account ("admin");
  vv_page_wait_text (page, "This is your own account.");
  choose_account ("reviewer");
  vv_page_wait_text (page, "Active; last sign-in");
  gtk_check_button_set_active (vv_page_find (page, GTK_TYPE_CHECK_BUTTON, "Examiner", 0), FALSE);
  ck_assert (!gtk_widget_is_sensitive (vv_page_find (page, GTK_TYPE_BUTTON, "Change roles", 0)));
  gtk_check_button_set_active (vv_page_find (page, GTK_TYPE_CHECK_BUTTON, "Auditor", 0), TRUE);
  gtk_check_button_set_active (vv_page_find (page, GTK_TYPE_CHECK_BUTTON, "May see requests of the Intelligence Bureau", 0), TRUE);
  press ("Change roles");
  vv_page_wait_text (page, "; Intelligence Bureau");
  press ("Disable the account…");
  vv_page_run_for (200);
  agree ();
  vv_page_wait_text (page, "Disabled: nobody can sign in");
  vv_page_keep_shot ("accounts-disabled");
  state = facts_of ("reviewer", "state");
  ck_assert_str_eq (state, "disabled");
  type_passphrase ("a quiet green lake");
  press ("Enable the account");
  vv_page_wait_text (page, "Active; last sign-in");
  close_page ();
  ck_assert (!signs_in ("reviewer", "training reviewer", NULL, NULL));
  ck_assert (signs_in ("reviewer", "a quiet green lake", NULL, NULL));
  ck_assert_uint_eq (vv_desk_roles (vv_page_desk ()), 1u << 3); /* auditor */
}
END_TEST

/* --- The person -------------------------------------------------------------------------------------------------------- */

START_TEST (person_page__changes_the_pass_phrase)
{
  vv_page_sign_in ("examiner", "training examiner");
  open (vv_person_page_new (vv_page_desk ()));
  vv_page_wait_text (page, "Account examiner");
  vv_page_wait_text (page, "The desk locks when nobody used it for");
  fill (GTK_TYPE_PASSWORD_ENTRY, 0, "not the one");
  fill (GTK_TYPE_PASSWORD_ENTRY, 1, "a quiet green lake");
  fill (GTK_TYPE_PASSWORD_ENTRY, 2, "a quiet green lake");
  press ("Change the pass phrase");
  vv_page_wait_text (page, "pass phrase is wrong");
  fill (GTK_TYPE_PASSWORD_ENTRY, 0, "training examiner");
  fill (GTK_TYPE_PASSWORD_ENTRY, 1, "a quiet green lake");
  fill (GTK_TYPE_PASSWORD_ENTRY, 2, "a quiet green lake");
  press ("Change the pass phrase");
  vv_page_wait_text (gtk_widget_get_parent (page), "Your pass phrase was changed.");
  close_page ();
  ck_assert (signs_in ("examiner", "a quiet green lake", NULL, NULL));
}
END_TEST

/* RFC 6238 from the letters on the page, with GLib's HMAC: nothing of the program takes part. */
static char *
code_from (const char *letters, gint64 steps)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  guint8            key[64], digest_bytes[20];
  gsize             size = 0, digest_size = sizeof digest_bytes;
  guint32           held = 0;
  guint             bits = 0;
  guint64           counter = GUINT64_TO_BE ((guint64) (g_get_real_time () / G_USEC_PER_SEC / 30 + steps));
  GHmac            *hmac;
  guint             offset;

  for (; *letters != '\0'; letters++)
    if (strchr (alphabet, *letters) != NULL)
      {
        held = (held << 5 | (guint32) (strchr (alphabet, *letters) - alphabet)) & 0xfffffu;
        bits += 5;
        if (bits >= 8)
          key[size++] = (guint8) (held >> (bits -= 8));
      }
  hmac = g_hmac_new (G_CHECKSUM_SHA1, key, size);
  g_hmac_update (hmac, (const guint8 *) &counter, sizeof counter);
  g_hmac_get_digest (hmac, digest_bytes, &digest_size);
  g_hmac_unref (hmac);
  offset = digest_bytes[19] & 0xfu;
  held = ((guint32) digest_bytes[offset] & 0x7fu) << 24 | (guint32) digest_bytes[offset + 1] << 16 | (guint32) digest_bytes[offset + 2] << 8 | digest_bytes[offset + 3];
  return g_strdup_printf ("%06u", held % 1000000);
}

/* What a telephone would read from the screen. */
static char *
read_qr (void)
{
  g_autofree char   *dir = vv_test_make_dir ();
  g_autofree char   *command = g_strdup_printf ("import -window root %s/screen.png && zbarimg --quiet --raw %s/screen.png", dir, dir);
  const char        *argv[] = { "sh", "-c", command, NULL };
  g_autoptr (GError) error = NULL;
  char              *out = NULL;

  ck_assert (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, &error));
  vv_assert_ok (error);
  vv_test_remove_dir (g_steal_pointer (&dir));
  return out;
}

static GtkWidget *
monospace_label (GtkWidget *in)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *label = vv_page_find (in, GTK_TYPE_LABEL, NULL, i);

      if (gtk_widget_has_css_class (label, "monospace"))
        return label;
    }
}

START_TEST (person_page__sets_up_a_second_factor_that_a_telephone_reads)
{
  g_autofree char *letters = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *address = NULL;
  g_autofree char *code = NULL;
  g_autofree char *next = NULL;
  g_auto (GStrv)   groups = NULL;
  int              error = 0;

  vv_page_sign_in ("examiner", "training examiner");
  open (vv_person_page_new (vv_page_desk ()));
  vv_page_wait_text (page, "An authenticator app shows a new code");
  press ("Set up a second factor");
  vv_page_wait_text (page, "Read this picture with the authenticator app");
  vv_page_run_for (500);
  vv_page_keep_shot ("person-factor");
  letters = g_strdup (gtk_label_get_text (GTK_LABEL (monospace_label (page))));
  groups = g_strsplit (letters, " ", -1);
  plain = g_strjoinv ("", groups);
  address = read_qr ();
  ck_assert_msg (g_str_has_prefix (address, "otpauth://totp/"), "read: %s", address);
  ck_assert_msg (strstr (address, plain) != NULL, "%s is not in %s", plain, address);

  fill (GTK_TYPE_ENTRY, 0, "000");
  fill (GTK_TYPE_PASSWORD_ENTRY, 3, "training examiner");
  press ("Confirm");
  vv_page_wait_text (page, "The code is not the one expected");
  code = code_from (letters, 0);
  fill (GTK_TYPE_ENTRY, 0, code);
  fill (GTK_TYPE_PASSWORD_ENTRY, 3, "training examiner");
  press ("Confirm");
  vv_page_wait_text (page, "This account has a second factor");
  ck_assert_str_eq (gtk_label_get_text (GTK_LABEL (monospace_label (page))), "");
  vv_page_keep_shot ("person");
  close_page ();

  ck_assert (!signs_in ("examiner", "training examiner", NULL, &error));
  ck_assert_int_eq (error, VV_DESK_ERROR_CODE_NEEDED);
  next = code_from (letters, 1);
  ck_assert (signs_in ("examiner", "training examiner", next, NULL));
}
END_TEST

static void
on_signal_cb (GtkWidget *widget, gpointer data)
{
  (*(guint *) data)++;
}

static gboolean
is_counted (gpointer data)
{
  return *(guint *) data > 0;
}

START_TEST (sign_in_page__asks_for_the_code_and_keeps_the_pass_phrase)
{
  g_autofree char       *letters = NULL;
  g_autofree char       *code = NULL;
  g_autoptr (VvSecret)   secret = vv_secret_from_text ("training examiner");
  g_autoptr (VvSecret)   address = NULL;
  g_autoptr (JsonObject) about = vv_json_new ("about", "o", vv_json_new ("station", "s", "T1", NULL), NULL);
  g_autofree char       *text = NULL;
  guint                  signed_in = 0;

  vv_page_sign_in ("examiner", "training examiner");
  address = vv_desk_enrol_second_factor (vv_page_desk (), NULL);
  text = g_strndup ((const char *) vv_secret_data (address), vv_secret_size (address));
  letters = g_strndup (strstr (text, "secret=") + strlen ("secret="), 32);
  code = code_from (letters, 0);
  ck_assert (vv_desk_confirm_second_factor (vv_page_desk (), secret, code, NULL));
  vv_desk_sign_out (vv_page_desk ());

  open (g_object_new (VV_TYPE_SIGN_IN_PAGE, NULL));
  g_signal_connect (page, "signed-in", G_CALLBACK (on_signal_cb), &signed_in);
  vv_sign_in_page_set_desk (VV_SIGN_IN_PAGE (page), vv_page_desk (), about, "examiner");
  press ("I have read this");
  ck_assert (!gtk_widget_get_visible (vv_page_find (page, GTK_TYPE_ENTRY, NULL, 1)));
  fill (GTK_TYPE_PASSWORD_ENTRY, 0, "training examiner");
  press ("Sign in");
  for (guint i = 0; i < 500 && !gtk_widget_get_visible (vv_page_find (page, GTK_TYPE_ENTRY, NULL, 1)); i++)
    vv_page_run_for (20);
  ck_assert_str_eq (gtk_editable_get_text (vv_page_find (page, GTK_TYPE_PASSWORD_ENTRY, NULL, 0)), "training examiner");
  vv_page_keep_shot ("sign-in-code");
  g_free (code);
  code = code_from (letters, 1);
  fill (GTK_TYPE_ENTRY, 1, code);
  press ("Sign in");
  ck_assert (vv_page_until (is_counted, &signed_in));
  close_page ();
}
END_TEST

START_TEST (lock_page__opens_with_the_pass_phrase_alone)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = NULL;
  guint                  unlocked = 0;

  vv_page_sign_in ("examiner", "training examiner");
  open (g_object_new (VV_TYPE_LOCK_PAGE, NULL));
  g_signal_connect (page, "unlocked", G_CALLBACK (on_signal_cb), &unlocked);
  vv_desk_lock (vv_page_desk ());
  vv_lock_page_set_desk (VV_LOCK_PAGE (page), vv_page_desk ());
  vv_page_wait_text (page, "Training examiner");
  vv_page_keep_shot ("lock");
  answer = vv_desk_own_account (vv_page_desk (), 0, NULL, NULL, &error);
  ck_assert_ptr_null (answer);
  vv_assert_error (error, VV_DESK_ERROR, VV_DESK_ERROR_LOCKED);
  fill (GTK_TYPE_PASSWORD_ENTRY, 0, "not the one");
  press ("Unlock");
  vv_page_wait_text (page, "pass phrase is wrong");
  ck_assert_uint_eq (unlocked, 0);
  fill (GTK_TYPE_PASSWORD_ENTRY, 0, "training examiner");
  press ("Unlock");
  ck_assert (vv_page_until (is_counted, &unlocked));
  vv_page_do_act (vv_desk_own_account, 0, NULL);
  close_page ();
}
END_TEST

/* Who tries too often is signed out, and the window hears of it. */
START_TEST (lock_page__signs_out_after_too_many)
{
  guint left = 0;

  vv_page_sign_in ("examiner", "training examiner");
  open (g_object_new (VV_TYPE_LOCK_PAGE, NULL));
  g_signal_connect (page, "left", G_CALLBACK (on_signal_cb), &left);
  vv_desk_lock (vv_page_desk ());
  vv_lock_page_set_desk (VV_LOCK_PAGE (page), vv_page_desk ());
  for (guint i = 0; i < 5; i++)
    {
      ck_assert_uint_eq (left, 0);
      fill (GTK_TYPE_PASSWORD_ENTRY, 0, "not the one");
      press ("Unlock");
      for (guint wait = 0; wait < 500 && !gtk_widget_is_sensitive (vv_page_find (page, GTK_TYPE_BUTTON, "Unlock", 0)); wait++)
        vv_page_run_for (20);
    }
  ck_assert (vv_page_until (is_counted, &left));
  ck_assert_ptr_null (vv_desk_account (vv_page_desk ()));
  close_page ();
}
END_TEST

/* --- Photo repository ---------------------------------------------------------------------------------------------------- */

static char *
write_list (const char *dir, const char *name, const char *text)
{
  char *path = g_build_filename (dir, name, NULL);

  ck_assert (g_file_set_contents (path, text, -1, NULL));
  return path;
}

START_TEST (repository_page__imports_lists_exceptions_and_seals)
{
  g_autofree char       *dir = vv_test_make_dir ();
  g_autofree char       *good = vv_test_source ("data/people/P001_probe1.jpg");
  g_autofree char       *rows = g_strdup_printf ("file,person,class,origin,reference,taken,sha256\n%s,X1,arrest,synthetic-people,REF-X1,2020-01-02,\n"
                                                       "gone.jpg,X2,arrest,synthetic-people,REF-X2,,\n%s,X3,licence,synthetic-people,REF-X3,,\n",
                                                 good, good);
  g_autofree char       *list = write_list (dir, "import.csv", rows);
  g_autofree char       *seal = write_list (dir, "seal.csv", "reference\nREF-X1\nnobody\n");
  g_autofree char       *broken = write_list (dir, "broken.csv", "a,b\n1,2\n");
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;

  vv_page_sign_in ("admin", "training administrator");
  before = vv_page_act (vv_desk_repository_info, 0, NULL);
  open (vv_repository_page_new (vv_page_desk ()));
  vv_page_wait_text (page, "Newest import");
  vv_page_wait_text (page, "is not searched until the next");
  vv_page_keep_shot ("repository");
  vv_repository_page_import (VV_REPOSITORY_PAGE (page), broken);
  vv_page_wait_text (page, "has no column");
  vv_repository_page_import (VV_REPOSITORY_PAGE (page), list);
  vv_page_wait_text (page, "1 photographs were added, 0 were there already, 2 rows were not taken in.");
  vv_page_wait_text (page, "2 rows of import.csv were not taken in.");
  vv_page_wait_text (page, "The file cannot be read.");
  vv_page_wait_text (page, "arrest and parole photographs only");
  vv_page_keep_shot ("repository-imported");
  vv_repository_page_seal (VV_REPOSITORY_PAGE (page), seal);
  vv_page_wait_text (page, "1 photographs were removed with their templates; 1 rows name none that is here.");
  after = vv_page_act (vv_desk_repository_info, 0, NULL);
  ck_assert_int_eq (vv_json_int (after, "photographs"), vv_json_int (before, "photographs"));
  ck_assert_uint_eq (vv_json_length (vv_json_array (after, "seals")), 1);
  close_page ();
  vv_test_remove_dir (g_steal_pointer (&dir));
}
END_TEST

START_TEST (repository_page__pages_through_photographs_and_shows_the_chosen)
{
  GtkStackSwitcher *switcher;
  GtkWidget        *browser;
  GtkColumnView    *list;

  vv_page_sign_in ("admin", "training administrator");
  open (vv_repository_page_new (vv_page_desk ()));
  vv_page_wait_text (page, "Newest import");
  switcher = vv_page_find (page, GTK_TYPE_STACK_SWITCHER, NULL, 0);
  gtk_stack_set_visible_child_name (gtk_stack_switcher_get_stack (switcher), "photographs");
  vv_page_wait_text (page, "25 photographs, numbers 40 to 16");
  browser = vv_page_find (page, VV_TYPE_PHOTOGRAPH_BROWSER, NULL, 0);
  list = vv_page_find (browser, GTK_TYPE_COLUMN_VIEW, NULL, 0);
  vv_page_keep_shot ("repository-photographs");
  press ("_Older");
  vv_page_wait_text (page, "15 photographs, numbers 15 to 1");
  press ("_Newer");
  vv_page_wait_text (page, "numbers 40 to 16");
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_column_view_get_model (list)), 0);
  vv_page_wait_text (page, "Origin");
  vv_page_keep_shot ("repository-photograph");
  gtk_editable_set_text (GTK_EDITABLE (vv_page_find (browser, GTK_TYPE_ENTRY, NULL, 0)), "nobody");
  press ("Show");
  vv_page_wait_text (page, "No photograph is like that.");
  close_page ();
}
END_TEST

START_TEST (repository_page__cancel_keeps_nothing)
{
  g_autofree char       *dir = vv_test_make_dir ();
  g_autoptr (GString)    rows = g_string_new ("file,person,class,origin,reference\n");
  g_autofree char       *list = NULL;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;

  for (guint i = 1; i <= 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("data/people/P%03u_probe1.jpg", i);
      g_autofree char *file = vv_test_source (name);

      g_string_append_printf (rows, "%s,X%u,parole,synthetic-people,R%u\n", file, i, i);
    }
  list = write_list (dir, "import.csv", rows->str);
  vv_page_sign_in ("admin", "training administrator");
  before = vv_page_act (vv_desk_repository_info, 0, NULL);
  open (vv_repository_page_new (vv_page_desk ()));
  vv_page_wait_text (page, "Newest import");
  vv_repository_page_import (VV_REPOSITORY_PAGE (page), list);
  vv_page_wait_text (page, "of 40 rows, ");
  vv_page_keep_shot ("repository-importing");
  press ("Cancel");
  vv_page_wait_text (page, "The import was cancelled; nothing of it was kept.");
  after = vv_page_act (vv_desk_repository_info, 0, NULL);
  ck_assert_int_eq (vv_json_int (after, "photographs"), vv_json_int (before, "photographs"));
  ck_assert (gtk_widget_is_sensitive (vv_page_find (page, GTK_TYPE_BUTTON, "Import photographs…", 0)));
  close_page ();
  vv_test_remove_dir (g_steal_pointer (&dir));
}
END_TEST

START_TEST (repository_page__figures_alone_for_others)
{
  g_autofree char *text = NULL;

  vv_page_sign_in ("examiner", "training examiner");
  open (vv_repository_page_new (vv_page_desk ()));
  vv_page_wait_text (page, "Newest import");
  ck_assert (!gtk_widget_get_visible (vv_page_find (page, GTK_TYPE_BUTTON, "Import photographs…", 0)));
  ck_assert (!gtk_widget_get_visible (vv_page_find (page, GTK_TYPE_BUTTON, "Seal from a list…", 0)));
  text = vv_page_all_texts (page, TRUE);
  ck_assert_ptr_null (strstr (text, "SYN-"));
  close_page ();
}
END_TEST

/* --- ECMS, audit ------------------------------------------------------------------------------------------------------------ */

static gint64
first_request (void)
{
  g_autoptr (JsonObject) list = vv_page_act (vv_desk_list_requests, 0, NULL);

  return vv_json_int (vv_json_element (vv_json_array (list, "requests"), 0), "id");
}

static void
confirm_use (gint64 request)
{
  vv_page_do_act (vv_desk_confirm_use, request,
                  vv_json_new ("decision", "s", "confirmed", "code", "s", "a", "reason", "s", "The basis fits use (a).", NULL));
}

START_TEST (ecms_page__says_what_waits_and_sends_it)
{
  vv_page_sign_in ("examiner", "training examiner");
  confirm_use (first_request ());
  open (vv_ecms_page_new (vv_page_desk ()));
  vv_page_wait_text (page, "Waiting to be sent.");
  ck_assert (!gtk_widget_get_mapped (vv_page_find (page, GTK_TYPE_BUTTON, "Set the connection", 0)));
  vv_page_keep_shot ("ecms");
  press ("Try now");
  vv_page_wait_text (page, "0 waiting, 0 not taken");
  vv_page_wait_text (page, "ECMS has acknowledged it.");
  close_page ();
}
END_TEST

START_TEST (ecms_page__sets_a_connection_that_can_be_one)
{
  g_autoptr (JsonObject) settings = NULL;

  vv_page_sign_in ("admin", "training administrator");
  open (vv_ecms_page_new (vv_page_desk ()));
  vv_page_wait_text (page, "Documents are put into the folder");
  gtk_drop_down_set_selected (vv_page_find (page, GTK_TYPE_DROP_DOWN, NULL, 0), 1);
  fill (GTK_TYPE_ENTRY, 1, "http://ecms.example.org/");
  vv_page_keep_shot ("ecms-settings");
  press ("Set the connection");
  vv_page_wait_text (page, "https");
  ck_assert (gtk_widget_get_visible (vv_page_find (page, GTK_TYPE_BUTTON, "Set the connection", 0)));
  fill (GTK_TYPE_ENTRY, 1, "https://ecms.example.org/documents");
  fill (GTK_TYPE_ENTRY, 2, "fis");
  fill (GTK_TYPE_PASSWORD_ENTRY, 0, "a password");
  press ("Set the connection");
  vv_page_wait_text (page, "Documents are sent to https://ecms.example.org/documents.");
  settings = vv_page_act (vv_desk_ecms, 0, NULL);
  ck_assert_str_eq (vv_json_string (settings, "user"), "fis");
  ck_assert_str_ne (vv_json_string (settings, "password"), "a password");
  close_page ();
}
END_TEST

START_TEST (audit_page__says_in_words_and_saves_a_copy)
{
  g_autofree char       *dir = vv_test_make_dir ();
  g_autofree char       *path = g_build_filename (dir, "audit.json", NULL);
  g_autoptr (JsonObject) copy = NULL;
  g_autoptr (GError)     error = NULL;
  JsonArray             *rows;

  vv_page_sign_in ("supervisor", "training supervisor");
  open (vv_audit_page_new (vv_page_desk ()));
  vv_page_run_for (300);
  press ("Check the audit chain");
  vv_page_wait_text (page, "Nothing was changed, added or taken away");
  vv_page_keep_shot ("audit");
  vv_audit_page_export (VV_AUDIT_PAGE (page), path);
  vv_page_wait_text (gtk_widget_get_parent (page), "The copy was saved.");
  copy = vv_json_load (path, &error);
  vv_assert_ok (error);
  rows = vv_json_array (copy, "rows");
  ck_assert_str_eq (vv_json_string (vv_json_element (rows, vv_json_length (rows) - 1), "act"), "export-audit");
  close_page ();
  vv_page_sign_in ("examiner", "training examiner");
  open (vv_audit_page_new (vv_page_desk ()));
  vv_page_run_for (300);
  ck_assert (!gtk_widget_get_mapped (vv_page_find (page, GTK_TYPE_BUTTON, "Save a copy…", 0)));
  vv_audit_page_export (VV_AUDIT_PAGE (page), path); /* what the button would do is refused all the same */
  vv_page_wait_text (page, "which your account does not have");
  close_page ();
  vv_test_remove_dir (g_steal_pointer (&dir));
}
END_TEST

/* --- Oversight ---------------------------------------------------------------------------------------------------------------- */

static gint64
n_rows (void)
{
  g_autoptr (JsonObject) answer = vv_page_act (vv_desk_verify_audit, 0, NULL);

  ck_assert (vv_json_bool (answer, "ok"));
  return vv_json_int (answer, "rows");
}

static void
show_sheet (const char *name)
{
  for (guint i = 0; i < 10; i++)
    {
      GtkStack *stack = vv_page_find (page, GTK_TYPE_STACK, NULL, i);

      if (gtk_stack_get_child_by_name (stack, name) != NULL)
        {
          gtk_stack_set_visible_child_name (stack, name);
          return;
        }
    }
}

/* A search and an opened candidate by the examiner. */
static void
work_a_little (void)
{
  gint64 request = vv_page_make_pool ();

  vv_page_do_act (vv_desk_open_candidate, request, vv_json_new ("candidate", "s", "A", NULL));
}

/* A step that gets an act gets words for it, too. */
START_TEST (act_words__of_every_step)
{
  for (guint i = 0; i < VV_ACT_COUNT; i++)
    {
      g_autoptr (JsonObject) row = vv_json_new ("act", "s", vv_act_name (i), "object", "s", "request 1", NULL);
      g_autofree char       *words = vv_act_words (row);

      ck_assert_msg (strcmp (words, vv_act_name (i)) != 0, "%s has no words", words);
    }
}
END_TEST

START_TEST (oversight_page__shows_counts_and_signs)
{
  g_autofree char *text = NULL;
  gint64           before;

  work_a_little ();
  vv_page_sign_in ("supervisor", "training supervisor");
  open (vv_oversight_page_new (vv_page_desk ()));
  vv_page_wait_text (page, "Training examiner");
  vv_page_wait_text (page, "Every document of this period reached ECMS");
  vv_page_keep_shot ("oversight-summary");
  before = n_rows ();
  fill (GTK_TYPE_ENTRY, 0, "last week");
  press ("Show");
  vv_page_wait_text (page, "Name first and last day as dates");
  fill (GTK_TYPE_ENTRY, 0, "2026-01-01");
  press ("Show");
  vv_page_wait_text (page, "1 Jan 2026 to");
  ck_assert_int_gt (n_rows (), before); /* looking is on record, and nothing went */

  show_sheet ("timeline");
  vv_page_wait_text (page, "acts in this period");
  gtk_drop_down_set_selected (vv_page_find (page, GTK_TYPE_DROP_DOWN, NULL, 0), 1); /* the examiner */
  vv_page_wait_text (page, "Searching the photo repository");
  vv_page_wait_text (page, "-T1-00001");
  vv_page_keep_shot ("oversight-timeline");
  show_sheet ("views");
  vv_page_wait_text (page, "Each time a person looked at");
  vv_page_keep_shot ("oversight-views");
  text = vv_page_all_texts (page, FALSE);
  ck_assert_ptr_null (strstr (text, "SYN-"));

  show_sheet ("review");
  vv_page_wait_text (page, "A review is due: none was signed yet.");
  ck_assert (!gtk_widget_is_sensitive (vv_page_find (page, GTK_TYPE_BUTTON, "Sign the review", 0)));
  vv_page_type (page, 0, "One search, its basis fits.");
  press ("Sign the review");
  vv_page_wait_text (page, "No review is due.");
  vv_page_wait_text (page, "One search, its basis fits.");
  vv_page_keep_shot ("oversight-review");
  close_page ();
}
END_TEST

START_TEST (oversight_page__saves_the_figures)
{
  g_autofree char *dir = vv_test_make_dir ();
  g_autofree char *csv = g_build_filename (dir, "figures.csv", NULL);
  g_autofree char *pdf = g_build_filename (dir, "figures.pdf", NULL);
  g_autofree char *nowhere = g_build_filename (dir, "no", "such", "folder.pdf", NULL);
  g_autofree char *text = NULL;

  vv_page_sign_in ("supervisor", "training supervisor");
  open (vv_oversight_page_new (vv_page_desk ()));
  vv_page_run_for (300);
  show_sheet ("year");
  vv_page_wait_text (page, "Requests received");
  vv_page_keep_shot ("oversight-year");
  vv_oversight_page_save_csv (VV_OVERSIGHT_PAGE (page), csv);
  vv_page_wait_text (gtk_widget_get_parent (page), "The figures were saved.");
  ck_assert (g_file_get_contents (csv, &text, NULL, NULL));
  ck_assert_msg (strstr (text, "total,requests,5\n") != NULL, "%s", text);
  vv_oversight_page_save_pdf (VV_OVERSIGHT_PAGE (page), nowhere);
  vv_page_wait_text (page, "Choose a folder that exists and is yours.");
  vv_oversight_page_save_pdf (VV_OVERSIGHT_PAGE (page), pdf);
  for (guint i = 0; i < 500 && !g_file_test (pdf, G_FILE_TEST_EXISTS); i++)
    vv_page_run_for (20);
  g_free (text);
  ck_assert (g_file_get_contents (pdf, &text, NULL, NULL));
  ck_assert_int_eq (memcmp (text, "%PDF-", 5), 0);
  close_page ();
  vv_test_remove_dir (g_steal_pointer (&dir));
}
END_TEST

/* --- What a role may not use is not there ---------------------------------------------------------------------------------------- */

static void
assert_pages (const char *account, const char *passphrase, gboolean oversight, gboolean accounts)
{
  g_autoptr (GSettings) settings = g_settings_new_with_path ("org.visavis.Visavis.Person", "/org/visavis/Visavis/people/somebody/");
  g_autofree char      *text = NULL;

  vv_page_sign_in (account, passphrase);
  open (vv_session_new (vv_page_desk (), settings));
  vv_page_wait_text (page, "Requests");
  vv_page_run_for (500);
  vv_page_keep_shot (account);
  text = vv_page_all_texts (page, FALSE);
  ck_assert_ptr_nonnull (strstr (text, "\nRepository\n"));
  ck_assert_msg ((strstr (text, "\nOversight\n") != NULL) == oversight, "oversight for %s", account);
  ck_assert_msg ((strstr (text, "\nAccounts\n") != NULL) == accounts, "accounts for %s", account);
  gtk_widget_activate_action (page, "session.open", "s", "audit");
  vv_page_wait_text (page, "Check the audit chain");
  gtk_widget_activate_action (page, "session.open", "s", "person");
  vv_page_wait_text (page, "Change the pass phrase");
  gtk_widget_activate_action (page, "session.back", NULL);
  gtk_widget_activate_action (page, "session.view", "i", 0);
  vv_page_run_for (200);
  g_free (text);
  text = vv_page_all_texts (page, TRUE);
  ck_assert_ptr_null (strstr (text, "Change the pass phrase"));
  close_page ();
  vv_desk_sign_out (vv_page_desk ()); /* what the window does when a session ends */
}

START_TEST (session__has_the_pages_of_the_role)
{
  assert_pages ("examiner", "training examiner", FALSE, FALSE);
  assert_pages ("supervisor", "training supervisor", TRUE, FALSE);
  assert_pages ("admin", "training administrator", FALSE, TRUE);
}
END_TEST

/* A package in the ECMS folder of the desk; its pictures are to follow. @media: list of them. */
static void
offer_request (const char *name, const char *media)
{
  g_autoptr (JsonObject) settings = vv_page_act (vv_desk_ecms, 0, NULL);
  g_autofree char       *folder = g_build_filename (vv_json_string (settings, "path"), "requests", name, NULL);
  g_autofree char       *path = g_build_filename (folder, "request.json", NULL);
  g_autofree char       *text = g_strdup_printf ("{'format':1,'dd5':'DD5-1','media':[%s],'request':{'case_number':'%s','requester':{'name':'An investigator','command':'44 Squad'},"
                                                       "'subject_role':'suspect','summary':'Bicycles taken from a garage.','identity_unknown':true,"
                                                       "'use':{'code':'a','tense':'has committed','offence':'Burglary','basis':'Seen on camera.'}}}",
                                                 media, name);

  ck_assert_int_eq (g_mkdir_with_parents (folder, 0700), 0);
  ck_assert (g_file_set_contents (path, g_strdelimit (text, "'", '"'), -1, NULL));
}

START_TEST (session__fetches_requests_from_ecms)
{
  g_autoptr (GSettings) settings = g_settings_new_with_path ("org.visavis.Visavis.Person", "/org/visavis/Visavis/people/somebody/");

  vv_page_sign_in ("examiner", "training examiner");
  offer_request ("2026-044-9", "");
  offer_request ("2026-044-10", "{'file':'gone.jpg','sha256':'0000000000000000000000000000000000000000000000000000000000000000','shows':'photograph','source':'camera',"
                                "'source_detail':'Above the door','obtained_by':'An investigator','obtained_at':'2026-11-20'}");
  open (vv_session_new (vv_page_desk (), settings));
  vv_page_wait_text (page, "2 requests wait in ECMS.");
  vv_page_keep_shot ("fetch-waiting");
  press ("Fetch from ECMS");
  vv_page_wait_text (page, "1 request was fetched from ECMS.");
  vv_page_wait_text (page, "Bicycles taken from a garage."); /* in the list */
  vv_page_wait_text (page, "2026-044-10, gone.jpg");
  vv_page_wait_text (page, "The file is not in the package.");
  vv_page_wait_text (page, "1 request waits in ECMS.");
  vv_page_keep_shot ("fetch-done");
  close_page ();
}
END_TEST

static gboolean
has_requests (gpointer n)
{
  g_autoptr (JsonObject) list = vv_page_act (vv_desk_list_requests, 0, NULL);

  return vv_json_length (vv_json_array (list, "requests")) == GPOINTER_TO_UINT (n);
}

/* A fetch goes on while the desk is locked and its session out of the window; afterwards the page says what came of it. */
START_TEST (session__fetch_ends_while_it_is_covered)
{
  g_autoptr (GSettings) settings = g_settings_new_with_path ("org.visavis.Visavis.Person", "/org/visavis/Visavis/people/somebody/");
  GtkWidget            *parent;

  vv_page_sign_in ("examiner", "training examiner");
  offer_request ("2026-044-9", "");
  open (vv_session_new (vv_page_desk (), settings));
  vv_page_wait_text (page, "1 request waits in ECMS.");
  parent = gtk_widget_get_parent (page);
  g_object_ref (page);
  press ("Fetch from ECMS");
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (parent), NULL);
  ck_assert (vv_page_until (has_requests, GUINT_TO_POINTER (6)));
  vv_page_run_for (200); /* the answer arrives */
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (parent), page);
  g_object_unref (page);
  vv_page_wait_text (page, "1 request was fetched from ECMS.");
  close_page ();
}
END_TEST

static gboolean
about_is_open (gpointer data)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *each = all; each != NULL; each = each->next)
    if (ADW_IS_ABOUT_WINDOW (each->data))
      *(GtkWidget **) data = each->data;
  return *(GtkWidget **) data != NULL;
}

START_TEST (session__says_which_procedure_it_enforces)
{
  g_autoptr (GSettings)  settings = g_settings_new_with_path ("org.visavis.Visavis.Person", "/org/visavis/Visavis/people/somebody/");
  g_autoptr (JsonObject) policy = NULL;
  g_autofree char       *text = NULL;
  GtkWidget             *about = NULL;

  vv_page_sign_in ("supervisor", "training supervisor");
  policy = vv_page_act (vv_desk_policy, 0, NULL);
  open (vv_session_new (vv_page_desk (), settings));
  vv_page_wait_text (page, "Requests");
  gtk_widget_activate_action (page, "session.about", NULL);
  ck_assert (vv_page_until (about_is_open, &about));
  vv_page_run_for (500);
  vv_page_keep_shot ("about");
  text = vv_page_all_texts (about, FALSE);
  ck_assert_ptr_nonnull (strstr (text, "Procedure 212-129, issued 03/12/20"));
  ck_assert_ptr_nonnull (strstr (text, vv_json_string (policy, "rules_hash")));
  gtk_window_destroy (GTK_WINDOW (about));
  close_page ();
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("session-pages");
  TCase *pages = tcase_create ("pages");
  TCase *words = tcase_create ("words");

  tcase_set_timeout (pages, 300);
  tcase_add_checked_fixture (pages, vv_page_set_up, vv_page_tear_down);
  tcase_add_test (pages, accounts_page__adds_with_the_rules_told);
  tcase_add_test (pages, accounts_page__disables_enables_and_changes_roles);
  tcase_add_test (pages, person_page__changes_the_pass_phrase);
  tcase_add_test (pages, person_page__sets_up_a_second_factor_that_a_telephone_reads);
  tcase_add_test (pages, sign_in_page__asks_for_the_code_and_keeps_the_pass_phrase);
  tcase_add_test (pages, lock_page__opens_with_the_pass_phrase_alone);
  tcase_add_test (pages, lock_page__signs_out_after_too_many);
  tcase_add_test (pages, repository_page__imports_lists_exceptions_and_seals);
  tcase_add_test (pages, repository_page__pages_through_photographs_and_shows_the_chosen);
  tcase_add_test (pages, repository_page__cancel_keeps_nothing);
  tcase_add_test (pages, repository_page__figures_alone_for_others);
  tcase_add_test (pages, ecms_page__says_what_waits_and_sends_it);
  tcase_add_test (pages, ecms_page__sets_a_connection_that_can_be_one);
  tcase_add_test (pages, audit_page__says_in_words_and_saves_a_copy);
  tcase_add_test (pages, oversight_page__shows_counts_and_signs);
  tcase_add_test (pages, oversight_page__saves_the_figures);
  tcase_add_test (pages, session__has_the_pages_of_the_role);
  tcase_add_test (pages, session__fetches_requests_from_ecms);
  tcase_add_test (pages, session__fetch_ends_while_it_is_covered);
  tcase_add_test (pages, session__says_which_procedure_it_enforces);
  suite_add_tcase (suite, pages);
  tcase_add_test (words, act_words__of_every_step);
  suite_add_tcase (suite, words);
  return suite;
}

VV_PAGE_MAIN (make_suite)
