/** The first rows as they stand in the file, under their columns; those that will wait in review are marked. */
import { Badge, Table } from '@mantine/core';
import type { Inspection } from '../../../shared/contract/imports.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { Section } from '../../ui/page.tsx';
import classes from './imports.module.css';

const shown = 6;
const mostColumns = 60;

function headerOf({ columns, previewFields }: Inspection, at: number): string {
  const field = previewFields[at];
  return field === undefined ? (columns[at]?.header ?? t('imports.tooMany')) : fieldLabel(field);
}

export function ImportPreview({ inspection }: { readonly inspection: Inspection }) {
  const { columns, preview, previewFields, oddRows } = inspection;
  const isCards = columns.length === 0;
  const title = t(isCards ? 'imports.previewCards' : 'imports.preview');
  if (preview.length === 0) return null;
  // the first few, and those of the others that there is something to say about
  const rows = preview
    .map((cells, place) => ({ cells, place, isOdd: oddRows.includes(place) }))
    .filter(({ place, isOdd }) => place < shown || isOdd);
  const width = Math.min(
    mostColumns,
    Math.max(columns.length, previewFields.length, ...rows.map(({ cells }) => cells.length)),
  );
  const places = Array.from({ length: width }, (_, at) => at);
  return (
    <Section title={title}>
      <div className={classes.preview} tabIndex={0} role="region" aria-label={title}>
        <Table verticalSpacing={3} withColumnBorders>
          {(columns.length > 0 || previewFields.length > 0) && (
            <Table.Thead>
              <Table.Tr>
                <Table.Th className={classes.cell}>{t(isCards ? 'imports.card' : 'imports.row')}</Table.Th>
                {places.map((at) => (
                  <Table.Th key={at} className={classes.cell}>
                    {headerOf(inspection, at)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
          )}
          <Table.Tbody>
            {rows.map(({ cells, place, isOdd }) => (
              <Table.Tr key={place} data-odd={isOdd || undefined}>
                <Table.Td className={classes.cell}>
                  {place + 1}{' '}
                  {isOdd && <Badge color="yellow">{t(isCards ? 'imports.tornCard' : 'imports.oddRow')}</Badge>}
                </Table.Td>
                {places.map((at) => (
                  <Table.Td key={at} className={classes.cell}>
                    {cells[at] ?? ''}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Section>
  );
}
