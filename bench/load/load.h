// A whole run: connect, settle, warm up, measure, wait for what is still under way, part.
#pragma once
#include "exchange.h"
#include "plan.h"

struct outcome {
    double connecting;       // seconds until every socket was open
    double seconds;          // measured
    double processor_share;  // of one core, while measuring
};

struct outcome load_run(struct exchange *exchange, const struct plan *plan);
