/** Rows made into what they stand for, by the key of what they belong to; in the order in which they come. */
export function grouped<Row, Made>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  make: (row: Row) => Made,
): Map<string, Made[]> {
  return new Map([...Map.groupBy(rows, keyOf)].map(([key, own]) => [key, own.map(make)]));
}
