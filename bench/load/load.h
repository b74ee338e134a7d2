// A whole run: connect, settle, warm up, measure, wait for what is still under way, part.
#pragma once
#include "exchange.h"
#include "plan.h"

// Returns the seconds until every socket was open; all else stands in the exchange.
double load_run(struct exchange *exchange, const struct plan *plan);
