/** Whole numbers without end, in pieces: an array that grows would be a second copy of all of them for a while. */
export class Numbers {
  readonly #pieces: Int32Array[] = [];
  length = 0;

  push(number: number): void {
    const place = this.length % pieceLength;
    if (place === 0) this.#pieces.push(new Int32Array(pieceLength));
    (this.#pieces.at(-1) as Int32Array)[place] = number;
    this.length += 1;
  }

  at(index: number): number {
    return this.#pieces[Math.floor(index / pieceLength)]?.[index % pieceLength] as number;
  }

  /** All of them, and none are left. */
  take(): Int32Array {
    const all = new Int32Array(this.length);
    this.#pieces.forEach((piece, index) => {
      const from = index * pieceLength;
      all.set(piece.subarray(0, Math.min(pieceLength, this.length - from)), from);
    });
    this.release();
    return all;
  }

  /** At once: the collector of garbage sees how small the pieces are, not how much they hold. */
  release(): void {
    for (const { buffer } of this.#pieces.splice(0)) (buffer as ArrayBuffer).transfer(0);
    this.length = 0;
  }
}

const pieceLength = 65_536;
