/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#define LGM_SCAN lgm_scan_avx512
#include "scan.h"
