import ArgumentParser
import Directory
import Foundation
import Institutions
import Kernel
import Text
