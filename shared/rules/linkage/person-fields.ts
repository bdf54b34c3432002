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

/** The mailbox that both have is called after one of them. */
export const calledAfter = 1;
