import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { texts } from "./texts/index.ts";

interface Descriptor {
  id: string;
  transports?: AuthenticatorTransport[];
}

/** As the server says it: bytes are base64url. */
interface CreationOptions extends Omit<
  PublicKeyCredentialCreationOptions,
  "challenge" | "user" | "excludeCredentials"
> {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials: Descriptor[];
}

interface RequestOptions extends Omit<
  PublicKeyCredentialRequestOptions,
  "challenge" | "allowCredentials"
> {
  challenge: string;
  allowCredentials: Descriptor[];
}

/**
 * Forms marked data-passkey ("create" or "get") ask the browser for a key, write what it gives into their field
 * `credential`, and are sent as any other form.
 */
export function startPasskeys(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form[data-passkey]");
  const button = form?.querySelector<HTMLButtonElement>("[data-passkey-button]");
  const field = form?.querySelector<HTMLInputElement>("[name=credential]");
  if (!form || !button || !field) return;
  if (!isPossible()) {
    button.disabled = true;
    tell(form, texts().passkeysImpossible);
    return;
  }
  button.addEventListener("click", () => {
    if (form.reportValidity()) void ask(form, button, field);
  });
}

function isPossible(): boolean {
  return "PublicKeyCredential" in window && window.isSecureContext;
}

async function ask(
  form: HTMLFormElement,
  button: HTMLButtonElement,
  field: HTMLInputElement,
): Promise<void> {
  tell(form, "");
  button.setAttribute("aria-busy", "true");
  try {
    const said = form.dataset["passkey"] === "create" ? await create() : await get();
    field.value = JSON.stringify(said);
    form.requestSubmit();
  } catch (trouble) {
    tell(form, wordsFor(trouble));
    button.removeAttribute("aria-busy");
  }
}

function tell(form: HTMLFormElement, words: string): void {
  const place = form.querySelector<HTMLElement>("[data-passkey-trouble]");
  if (!place) return;
  place.textContent = words;
  place.hidden = words === "";
}

/** What went wrong, as the standard names it. */
function wordsFor(trouble: unknown): string {
  const name = trouble instanceof DOMException ? trouble.name : "";
  if (name === "InvalidStateError") return texts().passkeyKnown;
  if (name === "SecurityError") return texts().passkeyElsewhere;
  return name === "NotAllowedError" || name === "AbortError"
    ? texts().passkeyCancelled
    : texts().passkeyFailed;
}

async function create(): Promise<unknown> {
  const options = read() as CreationOptions;
  const publicKey = {
    ...options,
    challenge: fromBase64Url(options.challenge),
    user: { ...options.user, id: fromBase64Url(options.user.id) },
    excludeCredentials: options.excludeCredentials.map(descriptor),
  };
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return said(made, {
    attestationObject: toBase64Url(response.attestationObject),
    // Not in every browser of the last years.
    transports: "getTransports" in response ? response.getTransports() : [],
  });
}

async function get(): Promise<unknown> {
  const options = read() as RequestOptions;
  const publicKey = {
    ...options,
    challenge: fromBase64Url(options.challenge),
    allowCredentials: options.allowCredentials.map(descriptor),
  };
  const shown = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = shown.response as AuthenticatorAssertionResponse;
  return said(shown, {
    authenticatorData: toBase64Url(response.authenticatorData),
    signature: toBase64Url(response.signature),
    userHandle: response.userHandle ? toBase64Url(response.userHandle) : null,
  });
}

function said(credential: PublicKeyCredential, response: Record<string, unknown>): unknown {
  const clientDataJSON = toBase64Url(credential.response.clientDataJSON);
  return {
    id: credential.id,
    rawId: toBase64Url(credential.rawId),
    type: credential.type,
    response: { clientDataJSON, ...response },
  };
}

function read(): unknown {
  return JSON.parse(document.getElementById("passkey-options")?.textContent ?? "{}");
}

function descriptor({ id, transports }: Descriptor): PublicKeyCredentialDescriptor {
  const known = { id: fromBase64Url(id), type: "public-key" as const };
  return transports?.length ? { ...known, transports } : known;
}
