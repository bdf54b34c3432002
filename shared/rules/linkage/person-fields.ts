/** Places of the fields of people among the levels, and of the flags of a pair after them. */
export const personField = {
  given: 0,
  family: 1,
  order: 2,
  birth: 3,
  email: 4,
  phone: 5,
  address: 6,
  place: 7,
  company: 8,
  interest: 9,
  count: 10,
  flags: 10,
} as const;

/** Flags of a pair: the mailbox that both have is called after one of them. */
export const calledAfter = 1;
/** The names are written in scripts of which none is known in letters of the other: they say nothing of each other. */
export const otherScripts = 2;
/** Born a generation apart. */
export const generationApart = 4;
/** Both have one name, and it is one that many people have (common-names.ts). */
export const commonName = 8;
