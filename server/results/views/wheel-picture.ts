/*
 * The wheel of a place as lines and arcs: one spoke a theme, from the top in reading direction, as long as its share.
 * Drawn from the whole per cents that the table prints, and so no finer than it.
 */

export interface WheelPicture {
  /** Side of the square that it is drawn in. */
  size: number;
  centre: number;
  /** Circles at a quarter, half, three quarters and all. */
  rings: { radius: number; percent: number; y: number }[];
  spokes: WheelSpoke[];
}

interface WheelSpoke {
  /** The theme's number, as in the table. */
  number: string;
  /** Where its number stands. */
  x: number;
  y: number;
  /** The outline of the whole spoke, and of the part that the share fills; empty where it is hidden. */
  whole: string;
  filled: string;
}

const RADIUS = 120;
const LABEL_AT = 138;
const SIZE = 300;
const CENTRE = SIZE / 2;
const RINGS = [25, 50, 75, 100];
/** Above the line of its ring. */
const RING_LABEL_ABOVE = 3;

/**
 * @param shares whole per cents of three themes or more; null where hidden
 * @param rightToLeft mirrors the wheel: the second theme then stands left of the first
 */
export function wheelPicture(shares: readonly (number | null)[], rightToLeft: boolean): WheelPicture {
  const turn = ((rightToLeft ? -1 : 1) * 2 * Math.PI) / shares.length;
  return {
    size: SIZE,
    centre: CENTRE,
    rings: RINGS.map((percent) => {
      const radius = (RADIUS * percent) / 100;
      return { radius, percent, y: CENTRE - radius - RING_LABEL_ABOVE };
    }),
    spokes: shares.map((share, index) => {
      // The first spoke lies about the line straight up.
      const middle = index * turn;
      const sector = (radius: number) => sectorPath(radius, middle - turn / 2, middle + turn / 2);
      const [x, y] = pointAt(LABEL_AT, middle);
      return {
        number: String(index + 1),
        x,
        y,
        whole: sector(RADIUS),
        filled: share === null ? '' : sector((RADIUS * share) / 100),
      };
    }),
  };
}

function sectorPath(radius: number, from: number, to: number): string {
  const start = pointAt(radius, from).join(' ');
  const end = pointAt(radius, to).join(' ');
  const clockwise = to > from ? 1 : 0;
  return `M${CENTRE} ${CENTRE}L${start}A${radius} ${radius} 0 0 ${clockwise} ${end}Z`;
}

/** A point by its distance from the centre and its angle from straight up, in tenths. */
function pointAt(distance: number, angle: number): [number, number] {
  return [tenths(CENTRE + distance * Math.sin(angle)), tenths(CENTRE - distance * Math.cos(angle))];
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
