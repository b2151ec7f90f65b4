import { QueryClientProvider } from '@tanstack/preact-query';
import { Route, Router, Switch, useLocation } from 'wouter-preact';
import { queries } from './api/query.ts';
import { BASE_PATH } from './base.ts';
import { ErrorState } from './components/states.tsx';
import { PAGES } from './pages.ts';
import { NotFound } from './pages/not-found.tsx';
import { SessionContext } from './session/context.ts';
import { Enter } from './session/enter.tsx';
import { useCurrentSession } from './session/session.ts';
import { SignInAgain } from './session/sign-in-again.tsx';
import { SignIn } from './session/sign-in.tsx';
import { Boundary } from './shell/boundary.tsx';
import { LazyPage } from './shell/lazy.tsx';
import { Shell } from './shell/shell.tsx';

/** The console. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Router base={BASE_PATH}>
        <Switch>
          <Route path="/enter">
            <Enter />
          </Route>
          <Route>
            <Signed />
          </Route>
        </Switch>
      </Router>
    </QueryClientProvider>
  );
}

function Signed() {
  const { data, error, refetch } = useCurrentSession();
  const [path] = useLocation();
  if (data === undefined) {
    return error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data.session === null) {
    const { identityProvider, hasEnded = false } = data;
    return <SignIn identityProvider={identityProvider} hasEnded={hasEnded} />;
  }
  return (
    <SessionContext.Provider value={data.session}>
      <Shell>
        <Boundary key={path}>
          <Switch>
            {PAGES.map(({ path: pattern, load }) => (
              <Route key={pattern} path={pattern}>
                <LazyPage load={load} />
              </Route>
            ))}
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Boundary>
      </Shell>
      <SignInAgain />
    </SessionContext.Provider>
  );
}
