/** The server has not carried out a command, and says why in words. */
export class Refusal extends Error {
  readonly code: string;
  readonly field: string | null;
  /** Seconds after which trying again makes sense, where that is so. */
  readonly retryAfter: number | null;

  constructor(refused: {
    code: string;
    message: string;
    field?: string | null;
    retry_after?: number | null;
  }) {
    super(refused.message);
    this.code = refused.code;
    this.field = refused.field ?? null;
    this.retryAfter = refused.retry_after ?? null;
  }
}

/** The connection went before the answer came: whether the command was carried out is unknown. */
export class Lost extends Error {}
