import { Component, type ReactNode } from 'react';

interface Props {
  readonly block: unknown;
  readonly children: ReactNode;
}

/** One block that cannot be drawn must not take the rest of the page with it. */
export class BlockBoundary extends Component<Props, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override componentDidUpdate(previous: Props): void {
    // The app may have sent a corrected block in its place.
    if (this.state.hasFailed && previous.block !== this.props.block) {
      this.setState({ hasFailed: false });
    }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return <p className="block-problem">This block could not be shown.</p>;
  }
}
