import { Component, type ComponentChildren } from 'preact';
import { ErrorState } from '../components/states.tsx';

interface BoundaryProps {
  readonly children: ComponentChildren;
}

/** Shows what failed in the place of a page that failed; the frame around it stays. */
export class Boundary extends Component<BoundaryProps, { readonly error: unknown }> {
  override state = { error: null };

  static override getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <ErrorState error={error} onRetry={() => this.setState({ error: null })} />;
  }
}
