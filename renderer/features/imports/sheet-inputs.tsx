/** Which sheet of a workbook, and in which of its rows the table begins. */
import { NumberInput, Select } from '@mantine/core';
import type { Inspection } from '../../../shared/contract/imports.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { t } from '../../i18n/index.ts';

type Props = {
  readonly inspection: Inspection;
  readonly onReading: (change: Pick<InputOf<'imports.inspect'>, 'sheet' | 'headerRow'>) => void;
};

export function SheetInputs({ inspection, onReading }: Props) {
  const { sheets, sheet, headerRow } = inspection;
  const takeRow = (typed: string): void => {
    const row = Number(typed);
    if (Number.isInteger(row) && row >= 1 && row !== headerRow) onReading({ headerRow: row });
  };
  return (
    <>
      <Select
        label={t('imports.sheet')}
        data={sheets.map(({ name, hidden }) => ({
          value: name,
          label: hidden ? t('imports.sheetHidden', { name }) : name,
        }))}
        value={sheet}
        allowDeselect={false}
        // the table of another sheet begins elsewhere
        onChange={(next) => next !== null && onReading({ sheet: next, headerRow: undefined })}
      />
      <NumberInput
        key={`${sheet} ${headerRow}`}
        label={t('imports.headerRow')}
        defaultValue={headerRow ?? 1}
        min={1}
        max={1_048_576}
        allowDecimal={false}
        onBlur={(event) => takeRow(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && takeRow(event.currentTarget.value)}
      />
    </>
  );
}
