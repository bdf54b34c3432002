/** What was captured with a lead beside what is known of its contact. */
export const capturedFields = ['givenName', 'familyName', 'company', 'jobTitle', 'email', 'phone'] as const;

const plain = (text: string | null): string => (text ?? '').normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
const digits = (text: string): string => text.replace(/\D/g, '').replace(/^0+/, '');

/** Something was captured, and the contact has another value. Case, spacing and phone notation do not count. */
export function differs(captured: string | null, known: string | null): boolean {
  const one = plain(captured);
  const other = plain(known);
  if (one === '' || one === other) return false;
  const isPhone = /^[+\d\s().\-/]{6,}$/.test(one) && /^[+\d\s().\-/]{6,}$/.test(other);
  if (!isPhone) return true;
  const [a, b] = [digits(one), digits(other)];
  return !(a.endsWith(b) || b.endsWith(a));
}
