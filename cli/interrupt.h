// SPDX-License-Identifier: Apache-2.0
/* The first Ctrl-C or SIGTERM asks for an end once what is in work is finished; the second one ends at once. */
#ifndef DRG_CLI_INTERRUPT_H
#define DRG_CLI_INTERRUPT_H

#include <stdbool.h>

void interrupt_watch(void);
bool interrupt_came(void);

#endif
