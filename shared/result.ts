/**
 * Expected failures are values. A function that can fail in a way its caller should handle returns a `Result`;
 * a bug throws.
 *
 * Example: `const email = parseEmail(text); if (!email.ok) return email;`
 */
export type Ok<T> = { readonly ok: true; readonly value: T };
export type Err<E> = { readonly ok: false; readonly error: E };
export type Result<T, E> = Ok<T> | Err<E>;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const err = <E>(error: E): Err<E> => ({ ok: false, error });

/** Closes a switch over a union: the compiler complains when a case is missing, the program when data lies. */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`);
}
