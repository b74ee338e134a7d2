export { Connection } from "./connection.ts";
export type { ConnectionOptions, ConnectionState, Phase, Unnumbered } from "./connection.ts";
export { Lost, Refusal } from "./errors.ts";
export * from "./log.ts";
export { newName } from "./names.ts";
export { Outbox } from "./outbox.ts";
export type { Failure, Letter, Named } from "./outbox.ts";
export { Store, storageOf } from "./store.ts";
