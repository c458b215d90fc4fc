/**
 * The known word that a misspelt one probably means, or undefined when none is
 * near: at most one edit in three letters, transpositions counting as one, and
 * none but a transposition in words of up to three.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  const wanted = word.toLowerCase();
  if (wanted.length > 64) return undefined;
  for (const candidate of known) {
    const other = candidate.toLowerCase();
    // Of a word as short as `lun` one other letter is a third: it does not mean `sun`.
    const longest = Math.max(wanted.length, other.length);
    const allowed = longest < 4 ? Number(sameLetters(wanted, other)) : Math.floor(longest / 3);
    if (Math.abs(wanted.length - other.length) > allowed) continue;
    const edits = distance(wanted, other);
    if (edits <= allowed && edits < least) {
      least = edits;
      best = candidate;
    }
  }
  return best;
}

/** `; did you mean "stages"?`, or a list of what is known where that is short, or nothing. */
export function hint(word: string, known: readonly string[], listed = 12): string {
  // Comparing with very many words, for very many mistakes, is not worth the time.
  if (known.length > 300) return '';
  const near = nearest(word, known);
  if (near !== undefined) return `; did you mean ${JSON.stringify(near)}?`;
  if (known.length === 0 || known.length > listed) return '';
  return `; known: ${known.join(', ')}`;
}

function sameLetters(a: string, b: string): boolean {
  return [...a].sort().join('') === [...b].sort().join('');
}

// Optimal string alignment over three rows.
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
