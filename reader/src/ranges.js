/** A part of a kept file, as a browser asks for when it shows a long PDF page by page. */

/**
 * The bytes that a `Range` header asks for, first and last; null where there are none such, and
 * undefined where it asks in a way that may be answered with the whole file.
 *
 * @param {string} header
 * @param {number} size of the file
 * @returns {[number, number] | null | undefined}
 */
export function rangeOf(header, size) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if (first === undefined || (!first && !last)) return undefined;
  if (!first) return Number(last) && size ? [Math.max(0, size - Number(last)), size - 1] : null;
  if (last && Number(last) < Number(first)) return undefined;
  if (Number(first) >= size) return null;
  return [Number(first), last ? Math.min(Number(last), size - 1) : size - 1];
}

/**
 * The part of a whole answer that a request asks for.
 *
 * @param {Response} whole
 * @param {string} header
 */
export async function partOf(whole, header) {
  const file = await whole.blob();
  const range = rangeOf(header, file.size);
  const headers = new Headers(whole.headers);
  // The file is kept as it is, however it came.
  for (const name of ["Content-Encoding", "Content-Length", "Content-Range"]) headers.delete(name);
  if (range === undefined) return new Response(file, { headers });
  if (!range) {
    headers.set("Content-Range", `bytes */${file.size}`);
    return new Response(null, { status: 416, statusText: "Range Not Satisfiable", headers });
  }
  const [first, last] = range;
  headers.set("Content-Range", `bytes ${first}-${last}/${file.size}`);
  headers.set("Content-Length", String(last - first + 1));
  return new Response(file.slice(first, last + 1), { status: 206, statusText: "Partial Content", headers });
}
