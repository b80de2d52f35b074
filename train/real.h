// SPDX-License-Identifier: Apache-2.0
/* The trainer's number type: float, or double where the gradients are checked. */
#ifndef TRAIN_REAL_H
#define TRAIN_REAL_H

#include <math.h>

#ifdef TRAIN_DOUBLE
typedef double real;
#define real_exp exp
#define real_sqrt sqrt
#else
typedef float real;
#define real_exp expf
#define real_sqrt sqrtf
#endif

#endif
