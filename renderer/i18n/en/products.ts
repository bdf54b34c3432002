export const products = {
  title: 'Products',
  noun: 'products',
  new: 'New product',
  create: 'Create product',
  emptyTitle: 'No products yet',
  emptyBody: 'Enter what people can be interested in; capture forms and leads then offer it.',
  details: 'Product',
  removed: 'Removed product',
  none: 'No such product',
  leads: 'Interested leads',
  leadsNone: 'Nobody yet',
  leadsNoneHint: 'Leads that name this product as their interest appear here.',
} as const;
