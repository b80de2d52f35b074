// SPDX-License-Identifier: Apache-2.0
/* The trainer's number type: float, or double where the gradients are checked. */
#ifndef TRAIN_REAL_H
#define TRAIN_REAL_H

#ifdef TRAIN_DOUBLE
typedef double real;
#else
typedef float real;
#endif

#endif
