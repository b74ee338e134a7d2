// Time as whole nanoseconds that never jump, and what this process itself has used of the processor.
#pragma once
#include <stdint.h>

uint64_t clock_now(void);
double clock_processor_seconds(void);
