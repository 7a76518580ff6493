import { build, webAddress } from "./build.js";
import { vietnameseDay, vietnameseMoment } from "./dates.js";
import { texts } from "./texts.js";

/**
 * "Nguồn & ngày duyệt": document, issuer and dates of the release that an answer comes from.
 *
 * @param {{source: any, approved_at: string, valid_to: string | null}} release
 */
export function provenanceElement(release) {
  const source = release.source ?? {};
  const rows = [
    [texts.document, [source.number, source.title].filter(Boolean).join(" – ")],
    [texts.issuer, source.issuer],
    [texts.issued, vietnameseDay(source.date)],
    [texts.approved, vietnameseMoment(release.approved_at)],
    [texts.validTo, release.valid_to ? vietnameseMoment(release.valid_to) : ""],
  ];
  const list = build("dl");
  for (const [name, value] of rows.filter((row) => row[1])) {
    list.append(build("div", {}, build("dt", {}, name), build("dd", {}, value)));
  }
  const url = webAddress(source.url, undefined);
  return build(
    "details",
    { class: "provenance", on: { toggle: (event) => event.target.scrollIntoView({ block: "nearest" }) } },
    build("summary", {}, texts.provenance),
    list,
    url && build("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, `${texts.openDocument} ${texts.newWindow}`),
  );
}
