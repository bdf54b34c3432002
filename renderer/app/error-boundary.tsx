/** A bug in one page leaves the rest of the window usable. */
import { Alert, Button, Group } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { t } from '../i18n/index.ts';

type Props = {
  readonly children: ReactNode;
  readonly resetKey: string;
  /** Shows nothing in its place. */ readonly quiet?: boolean;
};
type State = { readonly failed: boolean };

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error('A page failed', error.name, info.componentStack);
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.resetKey !== this.props.resetKey) this.setState({ failed: false });
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    if (this.props.quiet === true) return null;
    return (
      <Alert color="red" variant="light" m="lg" title={t('common.pageFailedTitle')} role="alert">
        <Group justify="space-between">
          <span>{t('common.pageFailedBody')}</span>
          <Button variant="default" onClick={() => this.setState({ failed: false })}>
            {t('common.retry')}
          </Button>
        </Group>
      </Alert>
    );
  }
}
