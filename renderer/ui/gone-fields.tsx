/** A list was set up with fields that are no longer there, or cannot be asked that way any more. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { t } from '../i18n/index.ts';
import { fieldLabel } from '../i18n/words.ts';

export function GoneFields({
  names,
  onTakeOut,
}: {
  readonly names: readonly string[];
  readonly onTakeOut: () => void;
}) {
  return (
    <Alert color="yellow" variant="light" p="xs" role="status" icon={<TriangleAlert size={16} aria-hidden />}>
      <Group gap="sm" justify="space-between">
        <Text size="sm">
          {t('customFields.gone', {
            count: names.length,
            fields: [...new Set(names.map(fieldLabel))].map((name) => `“${name}”`).join(', '),
          })}
        </Text>
        <Button variant="default" size="compact-sm" onClick={onTakeOut}>
          {t('customFields.takeOut')}
        </Button>
      </Group>
    </Alert>
  );
}
