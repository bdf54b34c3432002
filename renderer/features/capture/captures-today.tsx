/** Who was captured with this form today, newest first. */
import { Anchor, Group, Text, Title } from '@mantine/core';
import { startOfDay } from 'date-fns';
import { useState } from 'react';
import { Link } from 'wouter';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';

const timeOf = (atMs: number) => new Date(atMs).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

export function CapturesToday({ formId }: { formId: string }) {
  // a form left open overnight goes on counting from yesterday until it is opened again
  const [sinceMs] = useState(() => startOfDay(new Date()).getTime());
  const today = useCall('capture.today', { formId, sinceMs, limit: 12 }, { keep: true });
  const rows = today.data?.rows ?? [];
  const total = today.data?.total ?? 0;
  return (
    <section aria-labelledby="captures-today">
      <Title id="captures-today" order={2} size="h6" mb={4}>
        {t('capture.today')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {total === 0 ? t('capture.todayEmpty') : t('capture.todayCount', { count: total })}
      </Text>
      {rows.map((row) => {
        const path =
          row.leadId === null ? (row.contactId === null ? null : `/contacts/${row.contactId}`) : `/leads/${row.leadId}`;
        return (
          <Group key={`${row.leadId ?? row.contactId ?? row.label}-${row.atMs}`} gap="xs" wrap="nowrap" mb={4}>
            <div style={{ flex: 1, minWidth: 0 }}>
              {path === null ? (
                <Text size="sm" truncate>
                  {row.label}
                </Text>
              ) : (
                <Anchor component={Link} href={path} size="sm" truncate display="block">
                  {row.label}
                </Anchor>
              )}
              <Text size="xs" c="dimmed" truncate>
                {row.topic}
              </Text>
            </div>
            <Text size="xs" c="dimmed">
              {timeOf(row.atMs)}
            </Text>
          </Group>
        );
      })}
    </section>
  );
}
