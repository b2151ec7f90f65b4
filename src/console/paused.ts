import { useEffect, useState } from 'preact/hooks';

/**
 * A value once it has stayed the same for a moment: what somebody writes, once they pause.
 *
 * @param ms how long
 */
export function usePaused<Value>(value: Value, ms: number): Value {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), ms);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}
