/** Where records have their pages; apart from the pages themselves, so that parts of a page may link. */
const pathOf: Readonly<Record<string, string>> = {
  contact: '/contacts',
  account: '/accounts',
  lead: '/leads',
  event: '/events',
  segment: '/segments',
  opportunity: '/opportunities',
  campaign: '/campaigns',
  product: '/products',
  task: '/tasks',
  subscriptionList: '/lists',
};

/** Where a record has its page; null for kinds without one. */
export function recordPath(entity: string, id: string): string | null {
  const area = pathOf[entity];
  return area === undefined ? null : `${area}/${id}`;
}

/** Where the list of a kind of record is. */
export function listPath(entity: string): string {
  const path = pathOf[entity];
  if (path === undefined) throw new Error(`${entity} has no list`);
  return path;
}
