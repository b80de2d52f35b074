// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_WHAT_FRAME_CHECK_H
#define DRG_WHAT_FRAME_CHECK_H

#include "what/frames.h"

/* Complains of frames and examples in which no single line is wrong; for dragoman dict check. */
drg_status frame_check(const frame_tables *frames, knowledge *k, drg_error *error);

#endif
