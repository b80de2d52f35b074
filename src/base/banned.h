// SPDX-License-Identifier: Apache-2.0
/* Calls that hide a length, a locale or a global are compile errors in the library. */
#ifndef DRG_BASE_BANNED_H
#define DRG_BASE_BANNED_H

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol atof localtime gmtime setlocale rand srand
#undef isalpha
#undef isdigit
#undef isspace
#undef isupper
#undef islower
#undef isalnum
#undef ispunct
#undef toupper
#undef tolower
#pragma GCC poison isalpha isdigit isspace isupper islower isalnum ispunct toupper tolower

static inline bool ascii_is_digit(int c) { return c >= '0' && c <= '9'; }
static inline bool ascii_is_upper(int c) { return c >= 'A' && c <= 'Z'; }
static inline bool ascii_is_lower(int c) { return c >= 'a' && c <= 'z'; }
static inline bool ascii_is_alpha(int c) { return ascii_is_upper(c) || ascii_is_lower(c); }
static inline bool ascii_is_alnum(int c) { return ascii_is_alpha(c) || ascii_is_digit(c); }
static inline bool ascii_is_space(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline char ascii_to_lower(char c) { return ascii_is_upper(c) ? (char)(c + 32) : c; }
static inline char ascii_to_upper(char c) { return ascii_is_lower(c) ? (char)(c - 32) : c; }

#endif
