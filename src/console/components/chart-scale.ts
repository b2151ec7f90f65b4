/** The top of a scale that holds the greatest value and whose half is a whole number: 2, 4, 10, 20, 40, 100… */
export function niceTop(greatest: number): number {
  if (greatest <= 2) return 2;
  const magnitude = 10 ** Math.floor(Math.log10(greatest));
  const factor = [1, 2, 4, 6, 8, 10].find((each) => each * magnitude >= greatest) ?? 10;
  const top = factor * magnitude;
  return top % 2 === 0 ? top : top + 1;
}
