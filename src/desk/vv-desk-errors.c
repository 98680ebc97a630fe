// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "vv-desk-private.h"
#include "vv-error.h"
#include "vv-procedure-error.h"
#include "vv-transport.h"

static VvDeskKind
kind_of_desk_error (int code)
{
  switch ((VvDeskError) code)
    {
    case VV_DESK_ERROR_SIGNED_OUT:
    case VV_DESK_ERROR_CODE_NEEDED:
    case VV_DESK_ERROR_DISABLED:
    case VV_DESK_ERROR_LOCKED:
    case VV_DESK_ERROR_EXPIRED:
      return VV_DESK_KIND_SIGN_IN;
    case VV_DESK_ERROR_BLIND:
    case VV_DESK_ERROR_FRESH:
    case VV_DESK_ERROR_STALE:
      return VV_DESK_KIND_REFUSED;
    case VV_DESK_ERROR_DERIVED:
      return VV_DESK_KIND_DAMAGED;
    case VV_DESK_ERROR_NOT_FOUND:
    case VV_DESK_ERROR_INPUT:
    case VV_DESK_ERROR_EMPTY:
      return VV_DESK_KIND_INPUT;
    default:
      return VV_DESK_KIND_OTHER;
    }
}

static VvDeskKind
kind_of_vault_error (int code)
{
  switch ((VvVaultError) code)
    {
    case VV_VAULT_ERROR_PASSPHRASE:
    case VV_VAULT_ERROR_LOCKED:
      return VV_DESK_KIND_SIGN_IN;
    case VV_VAULT_ERROR_EXISTS:
    case VV_VAULT_ERROR_MISSING:
    case VV_VAULT_ERROR_NOT_FOUND:
    case VV_VAULT_ERROR_REFUSED:
      return VV_DESK_KIND_INPUT;
    case VV_VAULT_ERROR_FORMAT:
    case VV_VAULT_ERROR_DAMAGED:
    case VV_VAULT_ERROR_PLAIN:
      return VV_DESK_KIND_DAMAGED;
    case VV_VAULT_ERROR_IN_USE:
    case VV_VAULT_ERROR_FULL:
      return VV_DESK_KIND_BUSY;
    case VV_VAULT_ERROR_FAILED:
    default:
      return VV_DESK_KIND_OTHER;
    }
}

VvDeskKind
vv_desk_error_kind (const GError *error)
{
  if (error->domain == VV_PROCEDURE_ERROR)
    return VV_DESK_KIND_REFUSED;
  if (error->domain == VV_DESK_ERROR)
    return kind_of_desk_error (error->code);
  if (error->domain == VV_VAULT_ERROR)
    return kind_of_vault_error (error->code);
  if (error->domain == VV_ECMS_ERROR)
    return VV_DESK_KIND_ECMS;
  if (error->domain == VV_BASE_ERROR || error->domain == VV_VISION_ERROR)
    return VV_DESK_KIND_INPUT;
  return error->domain == VV_DECODER_ERROR ? VV_DESK_KIND_INPUT : VV_DESK_KIND_OTHER;
}
