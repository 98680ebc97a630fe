// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/* One function per verb of visavis-cli; argv[0] is the verb. Each parses its options, does its work and returns the exit
 * status (vv-cli.h). */
int vv_cli_desk (int argc, char **argv);
int vv_cli_account (int argc, char **argv);
int vv_cli_repository (int argc, char **argv);
int vv_cli_request (int argc, char **argv);
int vv_cli_step (int argc, char **argv); /* every step of the procedure, by argv[0] */
int vv_cli_ecms (int argc, char **argv);
int vv_cli_sync (int argc, char **argv);
int vv_cli_audit (int argc, char **argv);
int vv_cli_oversight (int argc, char **argv);
int vv_cli_models (int argc, char **argv);
int vv_cli_policy (int argc, char **argv);
int vv_cli_adjust (int argc, char **argv);
int vv_cli_faces (int argc, char **argv);
int vv_cli_evaluate (int argc, char **argv);
int vv_cli_bench (int argc, char **argv);
