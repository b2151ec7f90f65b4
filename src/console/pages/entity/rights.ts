import { useSession } from '../../session/context.ts';

/** Who changes what of a configuration: the service decides, this hides what it would refuse. */
export function useRights(): {
  readonly endpoints: boolean;
  readonly all: boolean;
  readonly operates: boolean;
} {
  const { role } = useSession();
  return {
    endpoints: role === 'admin' || role === 'integrator',
    all: role === 'admin',
    operates: role === 'admin' || role === 'operator',
  };
}
