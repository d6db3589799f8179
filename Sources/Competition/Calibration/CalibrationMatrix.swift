import Foundation

/// A symmetric positive definite matrix, factored once (Cholesky) and then used for solving, inverting and drawing.
struct CalibrationMatrix {
    let size: Int
    private var lower: [Double]

    /// nil when the matrix is not positive definite.
    init?(_ full: [Double], size: Int) {
        self.size = size
        lower = full
        let complete = lower.withUnsafeMutableBufferPointer { a in
            for row in 0..<size {
                for column in 0...row {
                    var sum = a[row * size + column]
                    for k in 0..<column {
                        sum -= a[row * size + k] * a[column * size + k]
                    }
                    if row == column {
                        guard sum > 0 else { return false }
                        a[row * size + row] = sum.squareRoot()
                    } else {
                        a[row * size + column] = sum / a[column * size + column]
                    }
                }
            }
            return true
        }
        guard complete else { return nil }
    }

    func solve(_ right: [Double]) -> [Double] { backward(forward(right)) }

    func inverse() -> [Double] {
        var result = [Double](repeating: 0, count: size * size)
        for column in 0..<size {
            var unit = [Double](repeating: 0, count: size)
            unit[column] = 1
            for (row, value) in solve(unit).enumerated() { result[row * size + column] = value }
        }
        return result
    }

    /// A vector whose covariance is the inverse matrix, from independent standard normals.
    func draw(_ normals: [Double]) -> [Double] { backward(normals) }

    private func forward(_ right: [Double]) -> [Double] {
        var x = right
        for row in 0..<size {
            var sum = x[row]
            for k in 0..<row {
                sum -= lower[row * size + k] * x[k]
            }
            x[row] = sum / lower[row * size + row]
        }
        return x
    }

    private func backward(_ right: [Double]) -> [Double] {
        var x = right
        for row in stride(from: size - 1, through: 0, by: -1) {
            x[row] /= lower[row * size + row]
            let value = x[row]
            for k in 0..<row {
                x[k] -= lower[row * size + k] * value
            }
        }
        return x
    }
}
