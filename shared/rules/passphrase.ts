/**
 * The shortest passphrase that protects a workspace: ten characters, counted as a person counts them. Beyond that its
 * strength is shown, not demanded: a rule about digits and signs makes passphrases that are written on the lid.
 *
 * Example: `isLongEnough('four words')` is true, `isLongEnough('secret')` is false.
 */
export const shortestPassphrase = 10;

export const isLongEnough = (passphrase: string): boolean => [...passphrase].length >= shortestPassphrase;
