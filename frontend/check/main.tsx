import { put } from "../workspace/ui/put.ts";
import { Check } from "./Check.tsx";
import { run } from "./run.ts";

put(<Check />, "check");
void run();
