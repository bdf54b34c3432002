/** How writes that take records out of the bin for good are called, for the rules that fire on what they change. */
export const purgeLabel = 'purge';
