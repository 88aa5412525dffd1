// SPDX-License-Identifier: Apache-2.0

/// What can be asked of moments and durations.
enum TimeFunctions {
    static func apply(
        _ name: String,
        _ values: [CELValue],
        _ zones: CELTimeZones
    ) throws(CELError) -> CELValue {
        switch values.first {
        case .duration(let nanoseconds) where values.count == 1:
            return try duration(name, nanoseconds)
        case .timestamp(let moment) where values.count == 1: return try parts(name, moment, 0)
        case .timestamp(let moment) where values.count == 2:
            guard case .string(let zone) = values[1] else { throw .noSuchOverload }
            return try parts(name, moment, offset(zone, moment.seconds, zones))
        default: throw .noSuchOverload
        }
    }

    private static func duration(
        _ name: String,
        _ nanoseconds: Int64
    ) throws(CELError) -> CELValue {
        switch name {
        case "getHours": return .int(nanoseconds / 3_600_000_000_000)
        case "getMinutes": return .int(nanoseconds / 60_000_000_000)
        case "getSeconds": return .int(nanoseconds / 1_000_000_000)
        case "getMilliseconds": return .int(nanoseconds / 1_000_000)
        default: throw .noSuchOverload
        }
    }

    private static func parts(
        _ name: String,
        _ moment: CELTimestamp,
        _ offset: Int64
    ) throws(CELError) -> CELValue {
        let time = CivilTime(seconds: moment.seconds + offset)
        switch name {
        case "getFullYear": return .int(time.year)
        case "getMonth": return .int(time.month - 1)
        case "getDayOfYear": return .int(time.dayOfYear)
        case "getDayOfMonth": return .int(time.day - 1)
        case "getDate": return .int(time.day)
        case "getDayOfWeek": return .int(time.dayOfWeek)
        case "getHours": return .int(time.hour)
        case "getMinutes": return .int(time.minute)
        case "getSeconds": return .int(time.second)
        case "getMilliseconds": return .int(moment.nanoseconds / 1_000_000)
        default: throw .noSuchOverload
        }
    }

    /// Seconds east of UTC.
    private static func offset(
        _ zone: String,
        _ seconds: Int64,
        _ zones: CELTimeZones
    ) throws(CELError) -> Int64 {
        guard let colon = zone.firstIndex(of: ":") else {
            if zone.isEmpty || zone == "UTC" || zone == "GMT" { return 0 }
            guard let offset = zones.offset(zone, seconds) else {
                throw CELError("unknown time zone \(zone)")
            }
            return offset
        }
        guard let hours = Int64(zone[..<colon]),
            let minutes = Int64(zone[zone.index(after: colon)...])
        else { throw CELError("strconv.Atoi: parsing \(GoText.quoted(zone)): invalid syntax") }
        guard (-23...23).contains(hours) else {
            throw CELError("timezone offset hours out of range [-23, 23]: \(zone)")
        }
        guard (0...59).contains(minutes) else {
            throw CELError("timezone offset minutes out of range [0, 59]: \(zone)")
        }
        return (hours * 60 + (zone.hasPrefix("-") ? -minutes : minutes)) * 60
    }
}
