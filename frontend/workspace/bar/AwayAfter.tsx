import { useId } from "preact/hooks";

import { duration } from "../../shared/time.ts";
import { setAwayAfter } from "../store/deeds.ts";
import { reader } from "../store/page.ts";
import { awayAfter } from "../store/state.ts";
import { t } from "../texts/index.ts";

const MINUTE = 60_000;
const COMPANY = "company";
const usual = [1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240];

/** Never later than the company says, for whoever wants it sooner. */
export function AwayAfter() {
  const id = useId();
  const { company, own } = awayAfter.value;
  const companyTime = company > 0 ? minutes(company) : t("never");
  return (
    <div class="menu-group status-setting">
      <label class="status-setting-name" for={id}>
        {t("awayAfter")}
      </label>
      <select
        id={id}
        class="select"
        onChange={({ currentTarget: { value } }) => {
          void setAwayAfter(value === COMPANY ? null : Number(value));
        }}
      >
        <option value={COMPANY} selected={own === null}>
          {t("asCompany", { time: companyTime })}
        </option>
        {choices(company, own).map((each) => (
          <option key={each} value={each} selected={each === own}>
            {minutes(each)}
          </option>
        ))}
      </select>
    </div>
  );
}

export function choices(company: number, own: number | null): number[] {
  const fitting = usual.filter((each) => company === 0 || each <= company);
  const chosen = own !== null && !fitting.includes(own) ? [own] : [];
  return [...fitting, ...chosen].sort((one, other) => one - other);
}

function minutes(count: number): string {
  return duration(count * MINUTE, reader);
}
