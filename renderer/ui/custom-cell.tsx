/** A value of a workspace's own field in a list: chips for several, an address that opens in the browser. */
import { Anchor } from '@mantine/core';
import { checkedLink } from '../../shared/model/custom-field.ts';
import type { Field } from '../../shared/model/field.ts';
import { FieldValue } from './field-value.tsx';
import { TagChips } from './tag-chips.tsx';

type Props = { readonly field: Partial<Field> & Pick<Field, 'kind'>; readonly value: unknown };

export function CustomCell({ field, value }: Props) {
  if (field.custom === 'multiChoice' && Array.isArray(value) && value.length > 0)
    return <TagChips tags={value.map(String)} />;
  const link = field.custom === 'link' && typeof value === 'string' ? checkedLink(value) : null;
  if (link === null) return <FieldValue field={field} value={value} />;
  return (
    <Anchor
      inherit
      href={link}
      target="_blank"
      rel="noopener noreferrer"
      title={link}
      // the row is reached by the keyboard as a whole; its page has the link as well
      tabIndex={-1}
      // opens the address, not the record
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {shortLink(link)}
    </Anchor>
  );
}

/** What tells one address from another: `https://www.example.com/` is 'example.com'. */
export const shortLink = (link: string): string =>
  link.replace(/^(https?:\/\/(www\.)?|mailto:)/i, '').replace(/\/$/, '');
